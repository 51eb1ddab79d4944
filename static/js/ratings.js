// How the reader rated questions, shown beside their codes. Public pages are the same for everybody, so what they rated
// is fetched apart, and only by a browser that knows that its reader practises.
const DAY = 86_400_000; // milliseconds
const WORDS = ["", "Missed", "Shaky", "Solid", "Effortless"];
const OLD_WORDS = ["", "Missed", "Missed", "Shaky", "Solid"];
const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

let rated = {};

const midnight = (time) => new Date(time).setHours(0, 0, 0, 0);

const when = (time) => {
  const days = Math.round((midnight(time) - midnight(Date.now())) / DAY);
  return days > -60 ? words.format(days, "day") : words.format(Math.round(days / 30), "month");
};

// What an earlier hub kept, until it is taken over.
const old = (code) => {
  try {
    const { rating, at } = JSON.parse(localStorage.getItem(`hub:recall:${code}`)) ?? {};
    return rating && at ? [OLD_WORDS[rating], at] : null;
  } catch {
    return null; // The browser keeps nothing, or not what a script of the hub wrote.
  }
};

const show = () => {
  for (const place of document.querySelectorAll(".rated")) {
    const { code } = place.dataset;
    const [word, at] = (rated[code] && [WORDS[rated[code][0]], rated[code][1]]) ?? old(code) ?? [];
    const text = word ? `you: ${word}, ${when(at)}` : "";
    if (place.textContent !== text) place.textContent = text;
  }
};

const ask = async () => {
  const response = document.documentElement.dataset.practises ? await fetch("/practice/ratings").catch(() => null) : null;
  if (response?.ok) rated = await response.json();
  show();
};

addEventListener("storage", show);
addEventListener("pageshow", ask);
document.addEventListener("rated", ({ detail }) => {
  rated[detail.code] = [Number(detail.rating), Date.now()];
  show();
});
show();
// A list is swapped for another without loading the page.
new MutationObserver(show).observe(document.querySelector("main"), { childList: true, subtree: true });
