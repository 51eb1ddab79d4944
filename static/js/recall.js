// Recall: notes, the mistakes made and a rating, kept in this browser and nowhere else. Without this script the parts of
// a question are plain <details>.
const RATINGS = /^[1-4]$/;
const keyOf = (recall) => `hub:recall:${recall.dataset.code}`;

const read = (recall) => {
  try {
    return JSON.parse(localStorage.getItem(keyOf(recall))) ?? {};
  } catch {
    return {}; // The browser keeps nothing, or not what this script wrote.
  }
};

const say = (text) => (document.getElementById("announcement").textContent = text);

// Beside the notes, whatever could not be kept: a tick and a rating are as easily lost.
const sayKept = (recall, isKept) => {
  const shown = recall.querySelector(".recall-unkept");
  if (isKept) shown?.remove();
  if (isKept || shown) return;
  const note = Object.assign(document.createElement("p"), { className: "recall-unkept", role: "alert" });
  note.textContent = "Not kept: this browser’s storage is full or switched off. This lasts only until you leave the page; copy your notes elsewhere.";
  recall.querySelector(".recall-notes").after(note);
};

// Change some of what is kept; what is empty is not kept at all.
const write = (recall, changes) => {
  const entry = Object.entries({ ...read(recall), ...changes }).filter(([, value]) => value?.length || value > 0);
  try {
    if (entry.length) localStorage.setItem(keyOf(recall), JSON.stringify(Object.fromEntries(entry)));
    else localStorage.removeItem(keyOf(recall));
    sayKept(recall, true);
  } catch {
    sayKept(recall, false);
  }
  recall.querySelector(".recall-forget").hidden = !entry.length;
};

const boxes = (recall) => [...recall.querySelectorAll(".mistake input")];

// Each mistake becomes a check box, named by the words that the editor made bold.
const tickable = (recall) => {
  for (const item of recall.querySelectorAll(".section-mistakes .prose > :is(ul, ol) > li")) {
    const box = Object.assign(document.createElement("input"), { type: "checkbox" });
    const words = item.querySelector("strong");
    box.value = box.ariaLabel = `I made this mistake: ${(words ?? item).textContent.trim().slice(0, 120)}`;
    item.classList.add("mistake");
    item.prepend(box);
  }
};

const show = (recall) => {
  const entry = read(recall);
  const { notes = "", mistakes = [], rating } = entry;
  recall.querySelector("textarea").value = notes;
  for (const box of boxes(recall)) box.checked = mistakes.includes(box.value);
  for (const radio of recall.querySelectorAll(".recall-rating input")) radio.checked = radio.value === String(rating);
  recall.querySelector(".recall-forget").hidden = !Object.keys(entry).length;
};

const prepare = () => {
  for (const recall of document.querySelectorAll(".recall:not([data-ready])")) {
    recall.dataset.ready = "";
    tickable(recall);
    show(recall);
  }
};

const rate = (recall, rating) => {
  write(recall, { rating, at: Date.now() });
  document.dispatchEvent(new CustomEvent("rated"));
  say(`Rated ${rating} of 4`);
};

// The one that has the focus, or else the first that has not left the window.
const current = () => {
  const all = [...document.querySelectorAll(".recall")];
  const holds = (recall) => (recall.closest(".card") ?? recall).contains(document.activeElement);
  return all.find(holds) ?? all.find((recall) => recall.getBoundingClientRect().bottom > 0);
};

const revealNext = (recall) => {
  const step = recall?.querySelector(".recall-step:not([open])");
  if (!step) return false;
  step.open = true;
  step.querySelector(".prose").focus({ preventScroll: true });
  step.scrollIntoView();
  return true;
};

const rateByKey = (recall, rating) => {
  const radio = recall?.querySelector(`.recall-step[open] ~ .recall-rating input[value="${rating}"]`);
  radio?.click();
  radio?.focus({ preventScroll: true });
  return Boolean(radio);
};

document.addEventListener("shortcut", (event) => {
  const key = event.detail;
  const done = key === " " ? revealNext(current()) : RATINGS.test(key) && rateByKey(current(), key);
  if (done) event.preventDefault();
});

document.addEventListener("keydown", ({ key, target, isComposing }) => {
  if (key === "Escape" && !isComposing && target.matches(".recall-notes textarea")) target.blur(); // So that Space reveals again.
});

document.addEventListener("input", ({ target }) => {
  const recall = target.closest(".recall");
  if (target.matches(".recall-notes textarea")) write(recall, { notes: target.value });
});

document.addEventListener("change", ({ target }) => {
  const recall = target.closest(".recall");
  if (target.matches(".recall-rating input")) rate(recall, Number(target.value));
  if (!target.matches(".mistake input")) return;
  const mistakes = boxes(recall).filter((box) => box.checked).map((box) => box.value);
  write(recall, { mistakes });
});

document.addEventListener("click", ({ target }) => {
  if (!target.matches(".recall-forget")) return;
  const recall = target.closest(".recall");
  write(recall, { notes: "", mistakes: [], rating: 0, at: 0 });
  show(recall);
  document.dispatchEvent(new CustomEvent("rated"));
  say("Your notes, ticks and rating are forgotten");
  recall.querySelector("textarea").focus();
});

prepare();
// A list is swapped for another without loading the page.
new MutationObserver(prepare).observe(document.querySelector("main"), { childList: true, subtree: true });
