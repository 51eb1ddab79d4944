// Buttons that copy the question's address or its Markdown, and say that they did.
const SHOWN = 2500; // milliseconds

const textOf = async (button) => {
  if (!button.dataset.copy) return document.querySelector("link[rel=canonical]").href;
  const response = await fetch(button.dataset.copy);
  if (!response.ok) throw new Error(response.statusText);
  return response.text();
};

// The text is promised, not awaited: some browsers let a page copy only in the very moment of the click.
const copy = (button) => {
  const blob = textOf(button).then((text) => new Blob([text], { type: "text/plain" }));
  return navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
};

const say = (button, shown, said) => {
  button.dataset.label ??= button.textContent;
  button.style.minWidth = `${button.offsetWidth}px`;
  button.textContent = shown;
  document.getElementById("announcement").textContent = said;
  clearTimeout(button.timer);
  button.timer = setTimeout(() => (button.textContent = button.dataset.label), SHOWN);
};

document.addEventListener("click", async ({ target }) => {
  const button = target.closest(".copy");
  if (!button) return;
  const what = button.dataset.copy ? "Markdown" : "Link";
  try {
    await copy(button);
    say(button, "Copied ✓", `${what} copied`);
  } catch {
    say(button, "Not copied", `${what} could not be copied`);
  }
});
