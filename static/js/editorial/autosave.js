// Unsaved text stays in this browser and is offered back, for each question and account apart. Each open form keeps its
// text under a key of its own, so that tabs leave each other's alone.
const tools = document.querySelector("[data-draft]");
const form = tools?.closest("form");
const PAUSE = 1000; // milliseconds without a key
const DAYS = 30;
const ANSWER = 150; // milliseconds that other tabs have to say what they keep
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

const keys = () => {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return []; // The browser keeps nothing.
  }
};

const forgetOld = () => {
  const oldest = Date.now() - DAYS * 24 * 3600 * 1000;
  for (const key of keys()) if (!(read(key)?.at > oldest)) localStorage.removeItem(key);
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

const offer = (draft, choices) => {
  const note = document.createElement("div");
  note.className = "desk-draft";
  note.setAttribute("role", "status");
  const when = new Date(draft.at).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
  const [title] = draft.values.title ?? [""];
  const saved = draft.seen === seen() ? "" : " The question has been saved since; if you restore, saving shows both versions.";
  const named = title ? `There is unsaved text of ${when}: “${title}”.` : `There is unsaved text of ${when}.`;
  const buttons = Object.entries(choices).map(([label, action]) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: label });
    button.addEventListener("click", () => {
      note.remove();
      action();
    });
    return button;
  });
  note.append(Object.assign(document.createElement("p"), { textContent: named + saved }), ...buttons);
  tools.before(note);
};

// At the lower edge of the window, so that it is seen wherever in the form one types.
const line = Object.assign(document.createElement("p"), { className: "desk-kept", hidden: true });

const tell = (text, isFault = false) => {
  if (line.textContent === text) return;
  line.classList.toggle("desk-unkept", isFault);
  line.setAttribute("role", isFault ? "alert" : "none");
  line.hidden = !text;
  line.textContent = text;
};

if (form) {
  const base = `${PREFIX}${tools.dataset.draft}:`;
  const isAsSaved = !document.querySelector(".errornote"); // Else the page shows what could not be saved.
  const loaded = values();
  const address = location.pathname + location.search; // `kept.js` leads back there.
  let key = base + Date.now() + Math.random();
  let timer;

  const keep = () => {
    clearTimeout(timer);
    const now = values();
    try {
      if (isAsSaved && !differs(now, loaded)) {
        localStorage.removeItem(key);
        tell("");
        return;
      }
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), seen: seen(), values: now, address }));
      tell(`Kept in this browser, ${new Date().toLocaleTimeString("en-GB", { timeStyle: "short" })}`);
    } catch {
      tell("Not kept: this browser’s storage is full or switched off. Save soon, or copy your text elsewhere.", true);
    }
  };

  // What was typed before stays as it is, and is offered in turn.
  const take = (found, draft) => {
    keep();
    const before = key;
    key = found;
    restore(draft);
    keep();
    if (read(before)) offerBack(before);
  };

  const offerBack = (found) => {
    const draft = read(found);
    if (!draft) return;
    offer(draft, { Restore: () => take(found, draft), Discard: () => localStorage.removeItem(found) });
  };

  forgetOld();
  form.append(line);
  // A key of an earlier release has no part of its own.
  const found = keys().filter((it) => `${it}:`.startsWith(base));
  const same = found.filter((it) => !differs(read(it).values, loaded));
  if (isAsSaved) for (const it of same) localStorage.removeItem(it);
  else {
    key = same[0] ?? key;
    keep();
  }

  const others = new Set();
  const channel = new BroadcastChannel("hub:desk");
  channel.addEventListener("message", ({ data }) => {
    if (data.kept) others.add(data.kept);
    else channel.postMessage({ kept: key });
  });
  channel.postMessage({});
  setTimeout(() => {
    const left = found.filter((it) => it !== key && !same.includes(it) && !others.has(it));
    for (const it of left.sort((one, other) => read(one)?.at - read(other)?.at)) offerBack(it);
  }, ANSWER);

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
  addEventListener("pagehide", keep);
  form.addEventListener("submit", ({ submitter }) => {
    if (submitter?.formTarget === "_blank") return;
    keep();
    try {
      sessionStorage.setItem(PREFIX, key); // On the next page, `saved.js` removes the text if it has been saved.
    } catch {
      // Then it is offered back once more than it need be.
    }
  });
}
