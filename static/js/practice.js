// Practice by keyboard, and the learner's time zone. Without this script every key has its button, and days are UTC's
// until the learner chooses a zone.
for (const field of document.querySelectorAll("input[name=zone]")) {
  field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}

const revealNext = () => {
  const step = document.querySelector(".practice-question .recall-step:not([open])");
  if (!step) return false;
  step.open = true;
  step.querySelector(".prose").focus({ preventScroll: true });
  step.scrollIntoView();
  return true;
};

// There is nothing to rate before the answer has been seen.
const rate = (key) => {
  const button = document.querySelector(`.recall-step[open] ~ .practice-rating button[value="${key}"]`);
  button?.click();
  return Boolean(button);
};

document.addEventListener("shortcut", (event) => {
  const key = event.detail;
  const done = key === " " ? revealNext() : /^[1-4]$/.test(key) && rate(key);
  if (done) event.preventDefault();
});

// A practice link carries its key where browsers send it to nobody; it stays in no history either.
const link = document.querySelector(".practice-link");
if (link && location.hash.length > 1) {
  link.value = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
}
