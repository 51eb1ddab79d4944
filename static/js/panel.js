// Open the question that answers a follow-up where the follow-up stands. Without this script its form leads to the drill.

// The forms under an element: what they lead on to, and whether the trail has asked it already.
const prepare = (element, trail) => {
  for (const form of element.querySelectorAll("form.open-panel")) {
    if (trail.includes(form.dataset.code) && !("own" in form.dataset)) {
      form.replaceWith(Object.assign(document.createElement("span"), { className: "asked", textContent: "(asked already)" }));
      continue;
    }
    form.elements.trail.value = trail.join();
    setOpen(form, false);
  }
};

const setOpen = (form, isOpen) => {
  form.querySelector("button").ariaExpanded = String(isOpen);
  form.querySelector(".panel-verb").textContent = isOpen ? "Hide" : "Show answer";
};

// Without a network the reader stays where there is something to read.
const sayUnreachable = (form) => {
  const line = Object.assign(document.createElement("p"), { className: "unreachable", role: "alert" });
  line.textContent = "The hub cannot be reached, and this answer is not kept on this device.";
  form.append(line);
};

// "2 questions deep: PY-BEG-001 › PY-BEG-008", for the eye and, as the name of what gets the focus, for the ear.
const tellTrail = (panel, codes) => {
  const line = panel.querySelector(".panel-trail");
  const code = line.querySelector(".code");
  const parts = codes.flatMap((text) => [" › ", Object.assign(code.cloneNode(), { textContent: text })]);
  line.replaceChildren(`${codes.length} question${codes.length === 1 ? "" : "s"} deep: `, ...parts.slice(1));
  panel.ariaLabel = line.textContent;
};

const open = async (form) => {
  const button = form.querySelector("button");
  if (button.ariaBusy === "true") return;
  button.ariaBusy = "true";
  form.querySelector(".unreachable")?.remove();
  const response = await fetch(form.dataset.part).catch(() => null);
  const text = await response?.text().catch(() => null);
  button.ariaBusy = "false";
  if (response && !response.ok) form.submit();
  else if (text) show(form, text);
  else sayUnreachable(form);
};

const show = (form, text) => {
  const before = form.elements.trail.value.split(",");
  const { code } = form.dataset;
  const isNew = code && !before.includes(code);
  const trail = isNew ? [...before, code] : before;
  const template = document.createElement("template");
  template.innerHTML = text;
  const panel = template.content.querySelector(".panel");
  if (isNew) tellTrail(panel, trail.slice(1));
  else panel.querySelector(".panel-on")?.remove(); // It would go round in a circle.
  prepare(panel, trail);
  form.after(panel);
  setOpen(form, true);
  panel.focus();
};

const close = (panel) => {
  const form = panel.parentElement.querySelector("form.open-panel");
  panel.remove();
  setOpen(form, false);
  form.querySelector("button").focus();
};

const main = document.querySelector(".question");

for (const form of main.querySelectorAll("form.open-panel")) prepare(form.parentElement, form.elements.trail.value.split(","));

main.addEventListener("submit", (event) => {
  const form = event.target.closest("form.open-panel");
  if (!form) return;
  event.preventDefault();
  const panel = form.parentElement.querySelector(":scope > .panel");
  if (panel) close(panel);
  else open(form);
});

main.addEventListener("click", (event) => {
  if (event.target.closest(".panel-back")) close(event.target.closest(".panel"));
});

main.addEventListener("keydown", (event) => {
  const panel = event.key === "Escape" && !event.isComposing && event.target.closest(".panel");
  if (!panel) return;
  event.preventDefault();
  close(panel);
});
