// The number of questions that are left for today, beside the link to practice. Public pages are the same for everybody,
// so it is fetched apart, and keys.js loads this for browsers whose reader practises alone.
const link = document.querySelector("[data-due]");

const show = async () => {
  const response = await fetch(link.dataset.due).catch(() => null);
  const { due } = response?.ok ? await response.json() : {};
  link.querySelector(".due-number").textContent = due ? ` ${due}` : "";
  link.ariaLabel = due ? `Practice, ${due} left for today` : null;
};

document.addEventListener("rated", show);
show();
