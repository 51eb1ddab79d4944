// Follow-ups change places by dragging their handle or by its buttons; their numbers follow.
const group = document.querySelector("#follow_ups-group");
const rows = () => [...group.querySelectorAll("tr.form-row:not(.empty-form)")];
const position = (row) => row.querySelector("input[name$='-position']");
const isEmpty = (row) => !row.querySelector("input[name$='-text']").value;

// A number in a row without a text would not make it a follow-up, but look like one.
const number = () => {
  let last = 0;
  for (const row of rows()) position(row).value = isEmpty(row) ? "" : (last += 1);
  group.dispatchEvent(new Event("input", { bubbles: true }));
};

const numberLast = (row) => {
  if (!isEmpty(row) && !position(row).value) {
    position(row).value = Math.max(0, ...rows().map((it) => Number(position(it).value))) + 1;
  }
};

const place = (row, other) => {
  if (row.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) other.after(row);
  else other.before(row);
};

const move = (row, step, pressed) => {
  const all = rows();
  const other = all[all.indexOf(row) + step];
  if (!other) return;
  place(row, other);
  number();
  pressed.focus();
};

const drag = (row) => {
  const moving = new AbortController();
  const { signal } = moving;
  const end = () => {
    moving.abort();
    row.classList.remove("desk-dragged");
    number();
  };
  row.classList.add("desk-dragged");
  document.addEventListener("pointermove", ({ clientY }) => {
    const over = rows().find((it) => it.getBoundingClientRect().top <= clientY && clientY <= it.getBoundingClientRect().bottom);
    if (over && over !== row) place(row, over);
  }, { signal });
  for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, end, { signal });
};

const button = (text, label, action) => {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: text, title: label });
  made.setAttribute("aria-label", label);
  made.addEventListener("click", () => action(made));
  return made;
};

const enhance = (row) => {
  const tools = Object.assign(document.createElement("span"), { className: "desk-order" });
  const handle = Object.assign(document.createElement("span"), { className: "desk-handle", textContent: "⠿", title: "Drag to another place" });
  handle.setAttribute("aria-hidden", "true");
  handle.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    drag(row);
  });
  tools.append(
    handle,
    button("↑", "Move up", (it) => move(row, -1, it)),
    button("↓", "Move down", (it) => move(row, 1, it)),
  );
  position(row).after(tools);
  row.addEventListener("change", () => numberLast(row));
};

if (group?.querySelector("input[name$='-position']")) {
  for (const row of rows()) enhance(row);
  document.addEventListener("formset:added", ({ target, detail }) => {
    if (detail.formsetName === "follow_ups") enhance(target);
  });
}
