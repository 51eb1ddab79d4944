// While a title is typed, questions whose titles are much like it.
const title = document.querySelector("input[data-similar]");
const PAUSE = 300; // milliseconds without a key

const line = ({ code, title: text, percent, url }) => {
  const item = document.createElement("li");
  const link = Object.assign(document.createElement("a"), { href: url, target: "_blank", rel: "noopener", textContent: text });
  item.append(`${code} is ${percent} % alike: `, link);
  return item;
};

if (title) {
  const status = Object.assign(document.createElement("div"), { className: "desk-similar" });
  status.setAttribute("role", "status");
  status.setAttribute("aria-label", "Similar questions");
  const list = document.createElement("ul");
  status.append(list);
  title.closest(".form-row").append(status);
  let timer;
  let asked = new AbortController();

  const look = async () => {
    asked.abort();
    asked = new AbortController();
    const query = new URLSearchParams({ title: title.value, other_than: title.dataset.question });
    try {
      const response = await fetch(`${title.dataset.similar}?${query}`, { signal: asked.signal });
      list.replaceChildren(...(await response.json()).similar.map(line));
    } catch {
      // A newer question is on its way, or there is no connection: the list is only a help.
    }
  };

  title.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
}
