// The number of questions that are left for today, beside the link to practice. A browser asks only if its reader
// practises, which it remembers itself: public pages are the same for everybody.
const KEY = "hub:practises";
const link = document.querySelector(".practice-link-due");

const practises = () => {
  try {
    return localStorage.getItem(KEY) === "yes";
  } catch {
    return false; // The browser keeps nothing.
  }
};

const remember = () => {
  document.documentElement.dataset.practises = "yes";
  try {
    localStorage.setItem(KEY, "yes");
  } catch {}
};

const show = async () => {
  const response = await fetch(link.dataset.due).catch(() => null);
  const { due } = response?.ok ? await response.json() : {};
  link.querySelector(".due-number").textContent = due ? ` ${due}` : "";
  link.ariaLabel = due ? `Practice, ${due} left for today` : null;
};

if (document.querySelector("[data-practising]")) remember();
if (practises()) {
  document.documentElement.dataset.practises = "yes";
  show();
}
document.addEventListener("rating", remember);
document.addEventListener("rated", show);
