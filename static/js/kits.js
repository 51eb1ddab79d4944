// Adds questions to the kit that was open last; without this script each link begins a kit, which its page adds to.
const KEY = "hub:kit";
const shown = document.querySelector("[data-kit]")?.dataset.kit;

const read = () => {
  try {
    return new URLSearchParams(localStorage.getItem(KEY) ?? "");
  } catch {
    return new URLSearchParams(); // The browser keeps nothing.
  }
};

const keep = (query) => {
  try {
    localStorage.setItem(KEY, query);
  } catch {}
};

const addressOf = (kit) => `/kits/?${kit}`;

const add = (event) => {
  const link = event.target.closest(".kit-add");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.dataset.added) return;
  event.preventDefault();
  const kit = read();
  const items = (kit.get("questions") ?? "").split(" ").filter(Boolean);
  const { code } = link.dataset;
  if (!items.some((item) => item.split(".")[0] === code)) items.push(`${code}.5`);
  kit.set("questions", items.join(" "));
  keep(kit.toString());
  link.href = addressOf(kit);
  link.dataset.added = "yes";
  link.textContent = `In your kit of ${items.length}: open it`;
  document.getElementById("announcement").textContent = `${code} is in your kit, number ${items.length}`;
};

// What is filled in on a scorecard is nowhere else: whoever leaves without a file is asked first.
const guard = (form) => {
  let unsaved = false;
  form.addEventListener("input", () => (unsaved = true));
  form.addEventListener("submit", () => (unsaved = false));
  addEventListener("beforeunload", (event) => unsaved && event.preventDefault());
};

if (shown) keep(shown);
document.addEventListener("click", add);
const scorecard = document.querySelector(".kit-scorecard");
if (scorecard) guard(scorecard);
