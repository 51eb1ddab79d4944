// Filter, sort and page without loading the whole page; without this script the form and the links do it.
const LAYOUT = ".list-layout";
const wide = matchMedia("(width >= 60rem)");
const listed = () => location.pathname + location.search;
let asked = null;
let shown = listed();

async function show(url, { push = true, toResults = false } = {}) {
  asked?.abort();
  asked = new AbortController();
  document.querySelector(LAYOUT).ariaBusy = "true";
  let page;
  try {
    const response = await fetch(url, { signal: asked.signal });
    if (!response.ok) throw new Error(response.statusText);
    page = new DOMParser().parseFromString(await response.text(), "text/html");
  } catch (error) {
    if (error instanceof TypeError && push) sayUnreachable();
    else if (error.name !== "AbortError") location.assign(url); // Let the browser say what is wrong.
    return;
  }
  const { activeElement } = document;
  const hadFocus = document.querySelector(LAYOUT).contains(activeElement);
  for (const part of [LAYOUT, ".search-scope"]) document.querySelector(part).replaceWith(page.querySelector(part));
  document.getElementById("site-q").value = page.getElementById("site-q").value;
  document.title = page.title;
  if (push) history.pushState(null, "", url);
  shown = listed();
  const field = !toResults && sameField(activeElement);
  if (field) field.focus({ preventScroll: true });
  else if (toResults || hadFocus) focusResults();
  tell();
  offerCopies();
  remember();
}

// Without a network the reader stays where there is something to read.
const sayUnreachable = () => {
  const notice = Object.assign(document.createElement("p"), { className: "notice unreachable", role: "alert" });
  notice.textContent = "The hub cannot be reached. The list stays as it was.";
  document.querySelector(".unreachable")?.remove();
  document.querySelector(".results").prepend(notice);
  document.querySelector(LAYOUT).ariaBusy = null;
  document.getElementById("filters").reset();
};

const sameField = ({ name, type, value }) =>
  [...document.getElementById("filters").elements].find(
    (field) => name && field.name === name && (type !== "checkbox" || field.value === value),
  );

// What had the focus is gone with the old list: without this the next Tab would begin at the top of the page.
const focusResults = () => {
  document.querySelector(".result-count").focus({ preventScroll: true });
  document.querySelector(".results").scrollIntoView();
};

// Screen readers only hear of changes in a region that was there before: it stands outside of what is swapped.
const tell = () => {
  const lines = document.querySelectorAll(".results > .notice, .result-count");
  document.getElementById("announcement").textContent = [...lines].map((line) => line.textContent.trim()).join(" ");
};

// Questions that are opened from here lead on in this list (trail.js).
const remember = () => {
  const questions = [...document.querySelectorAll(".card h2")].map((title) => [title.id, title.textContent]);
  const words = [...document.querySelectorAll(".chip")].map((chip) => chip.firstChild.textContent.trim()).join(" · ");
  const [prev, next] = ["prev", "next"].map((rel) => document.querySelector(`.pages [rel=${rel}]`)?.href);
  try {
    if (questions[0]) sessionStorage.setItem("hub:list", JSON.stringify({ url: listed(), words, questions, prev, next }));
  } catch {} // The browser keeps nothing: then questions lead on in the default order.
};

function address(form) {
  const data = [...new FormData(form)].filter(([, value]) => value);
  const query = new URLSearchParams(data.filter(([name, value]) => name !== "sort" || value !== form.elements.sort[0].value));
  return form.getAttribute("action") + (query.size ? `?${query}` : "");
}

document.addEventListener("change", ({ target }) => {
  const { form } = target;
  if (form?.id === "filters" && (wide.matches || target.name === "sort")) show(address(form));
});

document.addEventListener("submit", (event) => {
  if (event.target.id !== "filters") return;
  event.preventDefault();
  show(address(event.target), { toResults: true });
});

document.addEventListener("click", (event) => {
  const link = event.target.closest(".chips a, .pages a, .empty a");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  show(link.href, { toResults: true });
});

// Most code stands in what is folded: the script that copies it comes when some is to be seen.
const offerCopies = () => {
  const isSeen = [...document.querySelectorAll(".highlight")].some((block) => block.checkVisibility());
  if (isSeen) import(document.querySelector(LAYOUT).dataset.copy);
};
document.addEventListener("toggle", offerCopies, { capture: true });
offerCopies();
remember();

// A link to a place on the page is followed by this event too.
addEventListener("popstate", () => listed() !== shown && show(location.href, { push: false }));
