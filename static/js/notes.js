// The note being typed and the mistakes ticked, kept in this browser and nowhere else: in IndexedDB, which has it on the
// disk when it says so. Without this script there are no notes.
const OLD = (code) => `hub:recall:${code}`; // where earlier hubs kept them

let opened;

const database = () =>
  (opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("hub", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("notes");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  }));

const within = async (mode, work) => {
  const transaction = (await database()).transaction("notes", mode, { durability: "strict" });
  return new Promise((resolve, reject) => {
    const request = work(transaction.objectStore("notes"));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
  });
};

const old = (code) => {
  try {
    const { notes, mistakes } = JSON.parse(localStorage.getItem(OLD(code))) ?? {};
    return { notes, mistakes };
  } catch {
    return {}; // The browser keeps nothing, or not what a script of the hub wrote.
  }
};

const forgetOld = (code) => {
  try {
    const { rating, at } = JSON.parse(localStorage.getItem(OLD(code))) ?? {};
    if (rating) localStorage.setItem(OLD(code), JSON.stringify({ rating, at }));
    else localStorage.removeItem(OLD(code));
  } catch {}
};

const read = (code) => within("readonly", (store) => store.get(code)).then((entry) => entry ?? old(code), () => old(code));

// Beside the notes, whatever could not be kept: a tick is as easily lost.
const sayKept = (recall, isKept) => {
  const shown = recall.querySelector(".recall-unkept");
  if (isKept) shown?.remove();
  if (isKept || shown) return;
  const note = Object.assign(document.createElement("p"), { className: "recall-unkept", role: "alert" });
  note.textContent = "Not kept: this browser’s storage is full or switched off. This lasts only until you leave the page; copy your notes elsewhere.";
  recall.querySelector(".recall-notes").after(note);
};

const boxes = (recall) => [...recall.querySelectorAll(".mistake input")];

const typed = (recall) => ({
  notes: recall.querySelector(".recall-notes textarea").value,
  mistakes: boxes(recall).filter((box) => box.checked).map((box) => box.value),
});

const showForget = (recall) => {
  const { notes, mistakes } = typed(recall);
  const button = recall.querySelector(".recall-forget");
  if (button) button.hidden = !notes && !mistakes.length;
};

const keep = async (recall) => {
  const { code } = recall.dataset;
  const entry = typed(recall);
  showForget(recall);
  delete recall.dataset.kept;
  try {
    await within("readwrite", (store) => (entry.notes || entry.mistakes.length ? store.put(entry, code) : store.delete(code)));
    forgetOld(code);
    sayKept(recall, true);
    if (JSON.stringify(typed(recall)) === JSON.stringify(entry)) recall.dataset.kept = ""; // The last of it is on the disk.
  } catch {
    sayKept(recall, false);
  }
};

const show = async (recall) => {
  recall.dataset.noted = "";
  const { notes, mistakes } = await read(recall.dataset.code);
  const field = recall.querySelector(".recall-notes textarea");
  if (typeof notes === "string" && !field.value) field.value = notes;
  for (const box of boxes(recall)) box.checked ||= Array.isArray(mistakes) && mistakes.includes(box.value);
  showForget(recall);
};

const prepare = () => document.querySelectorAll(".recall:not([data-noted])").forEach(show);

document.addEventListener("input", ({ target }) => {
  if (target.matches(".recall-notes textarea, .mistake input")) keep(target.closest(".recall"));
});

document.addEventListener("click", ({ target }) => {
  if (!target.matches(".recall-forget")) return;
  const recall = target.closest(".recall");
  recall.querySelector("textarea").value = "";
  for (const box of boxes(recall)) box.checked = false;
  keep(recall);
  document.getElementById("announcement").textContent = "Your notes and ticks are forgotten";
  recall.querySelector("textarea").focus();
});

prepare();
// A list is swapped for another without loading the page.
new MutationObserver(prepare).observe(document.querySelector("main"), { childList: true, subtree: true });
