// Recall: revealing part by part, the mistakes made, and a rating, which goes into the reader's practice. Without this
// script the parts of a question are plain <details>, and a link leads to where it is rated.
const RATINGS = /^[1-4]$/;

const say = (text) => (document.getElementById("announcement").textContent = text);

// Each mistake becomes a check box, named by the words that the editor made bold.
const tickable = (recall) => {
  for (const item of recall.querySelectorAll(".section-mistakes .prose > :is(ul, ol) > li")) {
    const box = Object.assign(document.createElement("input"), { type: "checkbox" });
    const words = item.querySelector("strong");
    box.dataset.words = (words ?? item).textContent.trim().replace(/\s+/g, " ").slice(0, 120);
    box.value = box.ariaLabel = `I made this mistake: ${box.dataset.words}`;
    item.classList.add("mistake");
    item.prepend(box);
  }
};

const prepare = () => {
  for (const recall of document.querySelectorAll(".recall:not([data-ready])")) {
    recall.dataset.ready = Date.now();
    tickable(recall);
  }
};

// crypto.randomUUID is for https alone, and a hub may run on a local network without it.
const uuid = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
};

const formOf = (recall, rating) => {
  const form = new URLSearchParams({ post: recall.dataset.post ??= uuid(), rating, shown: recall.dataset.ready });
  form.set("zone", Intl.DateTimeFormat().resolvedOptions().timeZone ?? "");
  for (const box of recall.querySelectorAll(".mistake input:checked")) form.append("mistake", box.dataset.words);
  return form;
};

const told = (recall, text) => {
  recall.querySelector(".recall-kept").textContent = text;
  say(text);
};

const send = async (recall, rating) => {
  const body = formOf(recall, rating);
  document.dispatchEvent(new CustomEvent("practises"));
  // It arrives even if the reader leaves the page at once.
  const response = await fetch(recall.dataset.rate, { method: "POST", body, headers: { Accept: "application/json" }, keepalive: true });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.problem);
  return answer.words;
};

// A form that is sent again after a failure carries the same id, and so never counts twice.
const rate = async (recall, rating) => {
  const fieldset = recall.querySelector(".recall-rating");
  fieldset.disabled = true;
  try {
    told(recall, await send(recall, rating));
    document.dispatchEvent(new CustomEvent("rated", { detail: { code: recall.dataset.code, rating } }));
  } catch (error) {
    fieldset.disabled = false;
    for (const radio of fieldset.querySelectorAll("input")) radio.checked = false;
    told(recall, `Not rated: ${error instanceof TypeError ? "the hub cannot be reached. Please try again." : error.message}`);
  }
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

document.addEventListener("change", ({ target }) => {
  if (target.matches(".recall-rating input")) rate(target.closest(".recall"), target.value);
});

prepare();
// A list is swapped for another without loading the page.
new MutationObserver(prepare).observe(document.querySelector("main"), { childList: true, subtree: true });
