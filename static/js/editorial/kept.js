// On a page that says that a form was not taken: whether its text is kept, and the way back to it.
const kept = () => {
  try {
    return JSON.parse(localStorage.getItem(sessionStorage.getItem("desk:")));
  } catch {
    return null; // The browser keeps nothing.
  }
};

const note = document.querySelector("[data-kept]");
const { address } = kept() ?? {};
if (address) note.querySelector("a").href = address;
note.hidden = !address;
