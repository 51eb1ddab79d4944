// How the reader rated questions, shown beside their codes. The ratings are in this browser and nowhere else.
const DAY = 86_400_000; // milliseconds
const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

const midnight = (time) => new Date(time).setHours(0, 0, 0, 0);

const when = (time) => {
  const days = Math.round((midnight(time) - midnight(Date.now())) / DAY);
  return days > -60 ? words.format(days, "day") : words.format(Math.round(days / 30), "month");
};

const kept = (code) => {
  try {
    return JSON.parse(localStorage.getItem(`hub:recall:${code}`)) ?? {};
  } catch {
    return {}; // The browser keeps nothing, or not what this script wrote.
  }
};

const show = () => {
  for (const place of document.querySelectorAll(".rated")) {
    const { rating, at } = kept(place.dataset.code);
    const text = rating && at ? `you: ${rating}/4, ${when(at)}` : "";
    if (place.textContent !== text) place.textContent = text;
  }
};

show();
addEventListener("storage", show);
addEventListener("pageshow", show);
document.addEventListener("rated", show);
// A list is swapped for another without loading the page.
new MutationObserver(show).observe(document.querySelector("main"), { childList: true, subtree: true });
