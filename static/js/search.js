// Suggestions while typing, as an ARIA combobox; without this script the search form just works.
const PAUSE = 120; // milliseconds without a keystroke before the server is asked

class Suggestions {
  constructor(input) {
    this.input = input;
    this.url = input.form.dataset.suggest;
    this.active = -1;
    this.list = document.createElement("ul");
    Object.assign(this.list, { id: `${input.id}-suggestions`, className: "suggestions", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Suggested questions");
    this.status = document.createElement("span");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    input.after(this.list, this.status);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id,
    })) input.setAttribute(name, value);
    input.addEventListener("input", () => this.later());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // Keep the focus, so that a click counts.
    this.list.addEventListener("click", (event) => this.open(event.target.closest("[role=option]")));
  }

  later() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const text = this.input.value;
    if (!text.trim()) return this.close();
    this.asked = new AbortController();
    try {
      const response = await fetch(`${this.url}?q=${encodeURIComponent(text)}`, { signal: this.asked.signal });
      if (response.ok) this.show((await response.json()).questions);
    } catch (error) {
      if (error.name !== "AbortError") this.close(); // Offline: the form itself still works or says so.
    }
  }

  show(questions) {
    if (document.activeElement !== this.input) return;
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.replaceChildren(...questions.map((question, index) => this.option(question, index)));
    this.list.hidden = !questions.length;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.status.textContent = questions.length ? `${questions.length} suggested questions` : "No suggested questions";
  }

  option({ code, title, url }, index) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${index}`;
    option.dataset.url = url;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const label = document.createElement("span");
    label.className = "code";
    label.textContent = code;
    option.append(label, ` ${title}`);
    return option;
  }

  key(event) {
    // These keys choose among what an input method offers; Safari tells so of the last one by its code alone.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !this.list.hidden) {
      event.preventDefault();
      this.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.open(this.list.children[this.active]);
    }
  }

  move(step) {
    const options = [...this.list.children];
    options[this.active]?.setAttribute("aria-selected", "false");
    // One place before the first option stands for the text itself.
    this.active = ((this.active + 1 + step + options.length + 1) % (options.length + 1)) - 1;
    const option = options[this.active];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  open(option) {
    if (option) location.assign(option.dataset.url);
  }

  close() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

// What was typed since, too, is searched for everywhere.
document.addEventListener("click", ({ target }) => {
  const link = target.closest(".search-scope a");
  const text = link?.closest("form").elements.q.value.trim();
  if (text) link.search = new URLSearchParams({ q: text });
});

for (const input of document.querySelectorAll("form[data-suggest] input[type=search]")) new Suggestions(input);
