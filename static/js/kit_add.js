// Adds questions to the kit that was open last; without this script each link begins a kit, which its page adds to.
const KEY = "hub:kit";

const read = () => {
  try {
    return new URLSearchParams(localStorage.getItem(KEY) ?? "");
  } catch {
    return new URLSearchParams(); // The browser keeps nothing.
  }
};

const add = (event) => {
  const link = event.target.closest(".kit-add");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.dataset.added) return;
  event.preventDefault();
  const kit = read();
  const items = (kit.get("questions") ?? "").split(" ").filter(Boolean);
  const code = new URL(link.href).searchParams.get("questions");
  if (!items.some((item) => item.split(".")[0] === code)) items.push(`${code}.5`);
  kit.set("questions", items.join(" "));
  try {
    localStorage.setItem(KEY, kit);
  } catch {}
  link.href = `/kits/?${kit}`;
  link.dataset.added = "yes";
  link.textContent = `In your kit of ${items.length}: open it`;
  document.getElementById("announcement").textContent = `${code} is in your kit, number ${items.length}`;
};

document.addEventListener("click", add);
