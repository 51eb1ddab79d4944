// Open the question that answers a follow-up where the follow-up stands. Without this script its form leads to the drill.

// The forms under an element: what they push on with, and whether the trail has asked it already.
const prepare = (element, trail) => {
  for (const form of element.querySelectorAll("form.push")) {
    if (trail.includes(form.dataset.code)) {
      form.replaceWith(Object.assign(document.createElement("span"), { className: "asked", textContent: "(asked already)" }));
      continue;
    }
    form.elements.trail.value = trail.join();
    form.querySelector("button").ariaExpanded = "false";
  }
};

// "Pushed 2 deep: PY-BEG-001 › PY-BEG-008", for the eye and, as the name of what gets the focus, for the ear.
const tellTrail = (panel, codes) => {
  const line = panel.querySelector(".pushed-trail");
  const code = line.querySelector(".code");
  const parts = codes.flatMap((text) => [" › ", Object.assign(code.cloneNode(), { textContent: text })]);
  line.replaceChildren(`Pushed ${codes.length} deep: `, ...parts.slice(1));
  panel.ariaLabel = line.textContent;
};

const open = async (form) => {
  const button = form.querySelector("button");
  if (button.ariaBusy === "true") return;
  button.ariaBusy = "true";
  const response = await fetch(form.dataset.part).catch(() => null);
  const text = response?.ok ? await response.text() : "";
  button.ariaBusy = "false";
  if (!text) {
    form.submit();
    return;
  }
  const trail = [...form.elements.trail.value.split(","), form.dataset.code];
  const pushed = trail.slice(1);
  const template = document.createElement("template");
  template.innerHTML = text;
  const panel = template.content.querySelector(".pushed");
  tellTrail(panel, pushed);
  prepare(panel, trail);
  form.after(panel);
  button.ariaExpanded = "true";
  panel.focus();
};

const close = (panel) => {
  const button = panel.parentElement.querySelector("form.push button");
  panel.remove();
  button.ariaExpanded = "false";
  button.focus();
};

const main = document.querySelector(".question");

for (const form of main.querySelectorAll("form.push")) prepare(form.parentElement, form.elements.trail.value.split(","));

main.addEventListener("submit", (event) => {
  const form = event.target.closest("form.push");
  if (!form) return;
  event.preventDefault();
  const panel = form.parentElement.querySelector(":scope > .pushed");
  if (panel) close(panel);
  else open(form);
});

main.addEventListener("click", (event) => {
  if (event.target.closest(".pushed-back")) close(event.target.closest(".pushed"));
});

main.addEventListener("keydown", (event) => {
  const panel = event.key === "Escape" && event.target.closest(".pushed");
  if (!panel) return;
  event.preventDefault();
  close(panel);
});
