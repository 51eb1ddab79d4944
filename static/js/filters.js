// Filter, sort and page without loading the whole page; without this script the form and the links do it.
const LAYOUT = ".list-layout";
const wide = matchMedia("(width >= 60rem)");
const listed = () => location.pathname + location.search;
let asked = null;
let shown = listed();

async function show(url, { push = true } = {}) {
  asked?.abort();
  asked = new AbortController();
  document.querySelector(LAYOUT).setAttribute("aria-busy", "true");
  let page;
  try {
    const response = await fetch(url, { signal: asked.signal });
    if (!response.ok) throw new Error(response.statusText);
    page = new DOMParser().parseFromString(await response.text(), "text/html");
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url); // Let the browser say what is wrong.
    return;
  }
  const { name, value } = document.activeElement ?? {};
  document.querySelector(LAYOUT).replaceWith(page.querySelector(LAYOUT));
  document.title = page.title;
  if (push) history.pushState(null, "", url);
  shown = listed();
  const same = [...document.querySelectorAll("#filters [name]")].find(
    (field) => field.name === name && (field.type !== "checkbox" || field.value === value),
  );
  same?.focus({ preventScroll: true });
}

function address(form) {
  const data = [...new FormData(form)].filter(([, value]) => value);
  const query = new URLSearchParams(data.filter(([name, value]) => name !== "sort" || value !== form.elements.sort[0].value));
  return form.getAttribute("action") + (query.size ? `?${query}` : "");
}

document.addEventListener("change", ({ target }) => {
  const form = target.closest("#filters");
  if (form && wide.matches) show(address(form));
});

document.addEventListener("submit", (event) => {
  if (event.target.id !== "filters") return;
  event.preventDefault();
  show(address(event.target)).then(() => document.querySelector(".results").scrollIntoView());
});

document.addEventListener("click", (event) => {
  const link = event.target.closest(".chips a, .pages a, .empty a");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const paging = link.closest(".pages");
  show(link.href).then(() => paging && document.querySelector(".results").scrollIntoView());
});

// A link to a place on the page is followed by this event too.
addEventListener("popstate", () => listed() !== shown && show(location.href, { push: false }));
