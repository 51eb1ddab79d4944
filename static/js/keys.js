// Single keys for what the page's links and buttons do, and the help that lists them. Links name theirs in aria-keyshortcuts.
const KEY = "hub:keys";
const TEXT_FIELDS = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
const ANSWER_TO_SPACE = `${TEXT_FIELDS}, input, button, summary`;
const dialog = document.getElementById("keys");
const choice = dialog.querySelector("input");

const obey = () => (document.documentElement.dataset.keys = choice.checked ? "on" : "off");

const showKept = () => {
  try {
    choice.checked = localStorage.getItem(KEY) !== "off";
  } catch {} // The browser keeps nothing: the choice lasts as long as the page.
  obey();
};

const keepChoice = () => {
  obey();
  try {
    localStorage.setItem(KEY, choice.checked ? "on" : "off");
  } catch {}
};

const help = () => (dialog.open ? dialog.close() : dialog.showModal());

const follow = (key) => {
  const element = document.querySelector(`[aria-keyshortcuts="${key}"]`);
  element?.click();
  return Boolean(element);
};

// The next or previous card, from the one that has the focus, or else from the first that begins within the window.
const move = (by) => {
  const cards = [...document.querySelectorAll(".card")];
  if (!cards.length) return false;
  const here = cards.findIndex((card) => card.contains(document.activeElement));
  const first = Math.max(0, cards.findIndex((card) => card.getBoundingClientRect().top >= 0));
  const card = cards[here < 0 ? first : Math.min(Math.max(here + by, 0), cards.length - 1)];
  card.querySelector("h2 a").focus({ preventScroll: true });
  card.scrollIntoView();
  return true;
};

const open = () => {
  const link = document.activeElement.closest(".card")?.querySelector("h2 a");
  link?.click();
  return Boolean(link);
};

const search = () => {
  const field = document.querySelector("input[type=search]");
  field?.select();
  field?.focus();
  return Boolean(field);
};

const ACTIONS = {
  "?": () => (help(), true),
  "/": search,
  j: () => move(1) || follow("j"),
  k: () => move(-1) || follow("k"),
  o: open,
};

// What the page itself does with a key, such as revealing the next part; a listener says so by preventing the default.
const offer = (key) => !document.dispatchEvent(new CustomEvent("shortcut", { detail: key, cancelable: true }));

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!choice.checked || key.length > 1 || (dialog.open && key !== "?")) return;
  if (target.closest?.(key === " " ? ANSWER_TO_SPACE : TEXT_FIELDS)) return;
  const act = ACTIONS[key] ?? (() => (/[a-z]/.test(key) ? follow(key) : offer(key)));
  if (act()) event.preventDefault();
});

// A browser remembers that its reader practises; no other loads what shows the number due, or asks for ratings.
const practise = () => {
  document.documentElement.dataset.practises = "yes";
  import(document.querySelector("[data-due]").dataset.script).catch(() => {}); // Offline there is no number.
};

document.addEventListener("practises", () => {
  try {
    localStorage.setItem("hub:practises", "yes");
  } catch {}
  practise();
});

try {
  if (localStorage.getItem("hub:practises")) practise();
} catch {}

document.addEventListener("click", ({ target }) => target.closest(".keys-open") && help());
choice.addEventListener("change", keepChoice);
addEventListener("storage", showKept);
showKept();
