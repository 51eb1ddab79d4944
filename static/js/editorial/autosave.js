// Unsaved text stays in this browser and is offered back, for each question and account apart.
const tools = document.querySelector("[data-draft]");
const form = tools?.closest("form");
const PAUSE = 1000; // milliseconds without a key
const DAYS = 30;
const PREFIX = "desk:";

const fields = () => [...form.elements].filter((it) => {
  return it.name && it.type !== "hidden" && it.name !== "theirs" && it.matches("input, select, textarea") && !it.name.includes("__prefix__");
});
const valueOf = (field) => (field.type === "checkbox" ? String(field.checked) : field.value.trim().replaceAll("\r\n", "\n"));
const textOf = (field) => field.selectedOptions?.[0]?.text ?? "";
// What the form was filled from; the server compares it with what is stored when the form is saved.
const seen = () => form.elements.seen?.value ?? "";
const values = () => Object.fromEntries(fields().map((it) => [it.name, [valueOf(it), textOf(it)]]));

const read = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
};

const forgetOld = () => {
  const oldest = Date.now() - DAYS * 24 * 3600 * 1000;
  const ours = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  for (const key of ours) if (!(read(key)?.at > oldest)) localStorage.removeItem(key);
};

const differs = (draft, now) => Object.entries(draft).some(([name, [value]]) => value !== (now[name]?.[0] ?? ""));

const put = (field, [value, text]) => {
  if (field.type === "checkbox") field.checked = value === "true";
  else {
    if (field.matches("select") && ![...field.options].some((it) => it.value === value)) field.add(new Option(text, value));
    field.value = value;
  }
  field.dispatchEvent(new Event("desk:fill"));
  field.dispatchEvent(new Event("change", { bubbles: true }));
};

const restore = ({ seen: basis, values: draft }) => {
  if (basis) form.elements.seen.value = basis;
  const missing = () => Object.keys(draft).some((name) => name.startsWith("follow_ups-") && !form.elements[name]);
  for (let more = 0; missing() && more < 50; more += 1) document.querySelector("#follow_ups-group .add-row a").click();
  for (const field of fields()) if (draft[field.name]) put(field, draft[field.name]);
};

const offer = (key, draft, whenDecided) => {
  const note = document.createElement("div");
  note.className = "desk-draft";
  note.setAttribute("role", "status");
  const when = new Date(draft.at).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
  const saved = draft.seen === seen() ? "" : " The question has been saved since; if you restore, saving shows both versions.";
  const text = Object.assign(document.createElement("p"), { textContent: `There is unsaved text of ${when}.${saved} Until you decide, nothing new is kept.` });
  const choice = (label, action) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: label });
    button.addEventListener("click", () => {
      action();
      note.remove();
      whenDecided();
    });
    return button;
  };
  note.append(text, choice("Restore", () => restore(draft)), choice("Discard", () => localStorage.removeItem(key)));
  tools.before(note);
};

if (form) {
  const key = PREFIX + tools.dataset.draft;
  const isAsSaved = !document.querySelector(".errornote"); // Else the page shows what could not be saved.
  const loaded = values();
  let isUndecided = false;
  let timer;

  const keep = () => {
    clearTimeout(timer);
    const now = values();
    if (isUndecided || (isAsSaved && !differs(now, loaded))) return;
    try {
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), seen: seen(), values: now }));
    } catch {
      // There is no room, or the browser keeps nothing: writing goes on.
    }
  };

  forgetOld();
  const draft = read(key);
  if (draft && differs(draft.values, loaded)) {
    isUndecided = true;
    offer(key, draft, () => (isUndecided = false));
  } else if (isAsSaved) localStorage.removeItem(key);
  else keep();

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
  addEventListener("pagehide", keep);
  form.addEventListener("submit", ({ submitter }) => {
    if (submitter?.formTarget === "_blank" || isUndecided) return;
    keep();
    sessionStorage.setItem(PREFIX, key); // On the next page, `saved.js` removes the text if it has been saved.
  });
}
