// Buttons that copy the question's address, its Markdown or a piece of code, and say that they did.
const SHOWN = 2500; // milliseconds

const textOf = async (button) => {
  if (button.matches(".copy-code")) return button.parentElement.querySelector("code").textContent;
  if (!button.dataset.copy) return document.querySelector("link[rel=canonical]").href;
  const response = await fetch(button.dataset.copy);
  if (!response.ok) throw new Error(response.statusText);
  return response.text();
};

// Over plain http browsers have no clipboard for pages: there a selection is copied, as by hand.
const copySelected = (text, button) => {
  const field = Object.assign(document.createElement("textarea"), { value: text, className: "visually-hidden" });
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  button.focus({ preventScroll: true });
  if (!done) throw new Error("refused");
};

// The text is promised, not awaited: some browsers let a page copy only in the very moment of the click.
const copy = async (button) => {
  const text = textOf(button);
  if (!navigator.clipboard) return copySelected(await text, button);
  const blob = text.then((it) => new Blob([it], { type: "text/plain" }));
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

const whatOf = (button) => (button.matches(".copy-code") ? "Code" : button.dataset.copy ? "Markdown" : "Link");

document.addEventListener("click", async ({ target }) => {
  const button = target.closest(".copy");
  if (!button) return;
  try {
    await copy(button);
    say(button, "Copied ✓", `${whatOf(button)} copied`);
  } catch {
    say(button, "Not copied", `${whatOf(button)} could not be copied`);
  }
});

const enhance = () => {
  for (const block of document.querySelectorAll(".prose .highlight:not(:has(> .copy))")) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "copy copy-code" });
    button.textContent = "Copy";
    button.ariaLabel = "Copy code";
    block.append(button);
  }
};

enhance();
// A list is swapped for another, and follow-ups are opened, without loading the page.
new MutationObserver(enhance).observe(document.querySelector("main"), { childList: true, subtree: true });
