// The table of contents follows the reader; without this script its links just lead to the sections.
const links = new Map();
for (const link of document.querySelectorAll(".contents a")) {
  const section = document.getElementById(decodeURIComponent(link.hash.slice(1)))?.closest("section");
  if (section) links.set(section, link);
}
const seen = new Set();

// Current is the last section that has come into the upper part of the window.
const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) seen[isIntersecting ? "add" : "delete"](target);
    const current = [...links.keys()].filter((section) => seen.has(section)).at(-1);
    if (!current) return;
    for (const [section, link] of links) link.ariaCurrent = section === current ? "location" : null;
  },
  { rootMargin: "0px 0px -80% 0px" },
);
for (const section of links.keys()) observer.observe(section);
