// Previous, next and the breadcrumb follow the list that the reader came from; without this script they follow the
// default order. The list is kept for the tab alone (filters.js), so that a question's page is one page for everybody.
const KEY = "hub:list";
const code = document.querySelector(".question-header .code").firstChild.textContent.trim();

const nav = document.querySelector(".neighbours");

const read = () => {
  try {
    return JSON.parse(sessionStorage.getItem(KEY));
  } catch {} // The browser keeps nothing.
};

const keep = (list) => {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(list));
  } catch {}
};

// The list is known a page at a time: at the end of one, the page beyond it is added.
const extend = async (list, rel) => {
  const response = await fetch(list[rel]);
  if (!response.ok) return list;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const more = [...page.querySelectorAll(".card h2")].map((title) => [title.id, title.textContent]);
  const beyond = page.querySelector(`.pages [rel=${rel}]`)?.getAttribute("href");
  const questions = rel === "next" ? [...list.questions, ...more] : [...more, ...list.questions];
  return { ...list, questions, [rel]: beyond };
};

const show = (rel, question) => {
  const old = nav.querySelector(`[rel=${rel}]`);
  if (!question) return old?.remove();
  const [other, title] = question;
  const link = Object.assign(document.createElement("a"), { rel, href: location.pathname.replace(code, other) });
  link.setAttribute("aria-keyshortcuts", rel === "next" ? "j" : "k");
  const label = Object.assign(document.createElement("span"), { textContent: rel === "next" ? "Next →" : "← Previous" });
  link.append(label, ` ${title}`);
  if (old) old.replaceWith(link);
  else nav[rel === "next" ? "append" : "prepend"](link);
};

const follow = async () => {
  let list = read();
  const find = () => list.questions.findIndex(([it]) => it === code);
  if (!nav || !list || find() < 0) return;
  const link = document.querySelector(".breadcrumb [data-list]");
  link.href = list.url;
  if (list.words) link.append(` · ${list.words}`);
  try {
    if (list.prev && find() === 0) list = await extend(list, "prev");
    if (list.next && find() === list.questions.length - 1) list = await extend(list, "next");
  } catch {} // Without a network the list ends here.
  keep(list);
  show("prev", list.questions[find() - 1]);
  show("next", list.questions[find() + 1]);
};

follow();
