// Keeps the address of the kit that was open last, which kit_add.js adds to, and guards what is filled in.
const shown = document.querySelector("[data-kit]")?.dataset.kit;
if (shown) {
  try {
    localStorage.setItem("hub:kit", shown);
  } catch {} // The browser keeps nothing.
}

// What is filled in on a scorecard is nowhere else: whoever leaves without a file is asked first.
const guard = (form) => {
  let unsaved = false;
  form.addEventListener("input", () => (unsaved = true));
  form.addEventListener("submit", () => (unsaved = false));
  addEventListener("beforeunload", (event) => unsaved && event.preventDefault());
};

const scorecard = document.querySelector(".kit-sheet[data-kit] .kit-scorecard");
if (scorecard) guard(scorecard);
