// Practice by keyboard, and the learner's time zone. Without this script every key has its button, and days are UTC's
// until the learner chooses a zone.
for (const field of document.querySelectorAll("input[name=zone]")) {
  field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}

if (document.querySelector("[data-practising]")) document.dispatchEvent(new CustomEvent("practises"));

const revealNext = () => {
  const step = document.querySelector(".practice-question .recall-step:not([open])");
  if (!step) return false;
  step.open = true;
  step.querySelector(".prose").focus({ preventScroll: true });
  step.scrollIntoView();
  return true;
};

// There is nothing to rate before the answer has been seen.
const rate = (key) => {
  const button = document.querySelector(`.recall-step[open] ~ .practice-rating button[value="${key}"]`);
  button?.click();
  return Boolean(button);
};

document.addEventListener("shortcut", (event) => {
  const key = event.detail;
  const done = key === " " ? revealNext() : /^[1-4]$/.test(key) && rate(key);
  if (done) event.preventDefault();
});

// A practice link carries its key where browsers send it to nobody; it stays in no history either.
const link = document.querySelector(".practice-link");
if (link && location.hash.length > 1) {
  link.value = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
}

// What earlier hubs kept in this browser is offered once, and forgotten here when it has been taken over.
const PREFIX = "hub:recall:";
const offer = document.querySelector(".practice-take-over");

const kept = () => {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
    const entries = names.map((name) => [name.slice(PREFIX.length), JSON.parse(localStorage.getItem(name))]);
    return Object.fromEntries(entries.filter(([, entry]) => entry?.rating && entry.at).map(([code, { rating, at }]) => [code, { rating, at }]));
  } catch {
    return {}; // The browser keeps nothing, or not what a script of the hub wrote.
  }
};

const forget = (code) => {
  const { rating, at, ...rest } = JSON.parse(localStorage.getItem(PREFIX + code));
  if (Object.keys(rest).length) localStorage.setItem(PREFIX + code, JSON.stringify(rest));
  else localStorage.removeItem(PREFIX + code);
};

const takeOver = async (entries) => {
  const body = new FormData(offer);
  body.set("kept", JSON.stringify(entries));
  const response = await fetch(offer.action, { method: "POST", body: new URLSearchParams(body) }).catch(() => null);
  const said = offer.querySelector("[role=status]");
  if (!response?.ok) return void (said.textContent = "That did not work. Please try again later.");
  const { taken } = await response.json();
  Object.keys(entries).forEach(forget);
  said.textContent = `${taken} taken over.`;
  location.reload();
};

if (offer) {
  const entries = kept();
  const number = Object.keys(entries).length;
  offer.hidden = !number;
  offer.querySelector("strong").textContent = number;
  offer.addEventListener("submit", (event) => {
    event.preventDefault();
    takeOver(entries);
  });
}
