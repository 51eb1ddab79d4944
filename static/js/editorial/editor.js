// A Markdown editor over each section's text area, which stays what the form sends. The preview is the server's own.

/* global EasyMDE */
const BUTTONS = [
  ["bold", "Bold", "B", EasyMDE.toggleBold],
  ["italic", "Italic", "I", EasyMDE.toggleItalic],
  ["heading", "Heading", "H", EasyMDE.toggleHeading3],
  ["code", "Code", "</>", EasyMDE.toggleCodeBlock],
  ["unordered-list", "Bulleted list", "•\u2009—", EasyMDE.toggleUnorderedList],
  ["ordered-list", "Numbered list", "1\u2009—", EasyMDE.toggleOrderedList],
  ["quote", "Quotation", "❝", EasyMDE.toggleBlockquote],
  ["link", "Link", "Link", EasyMDE.drawLink],
  ["table", "Table", "Table", EasyMDE.drawTable],
];

// The browser's own keys, and characters that other keyboards type with AltGr, stay what they are.
const LEFT_TO_THE_BROWSER = [
  "drawLink", "drawImage", "cleanBlock", "toggleBlockquote", "toggleCheckList", "toggleCodeBlock",
  "toggleUnorderedList", "toggleOrderedList", "toggleHeadingSmaller", "toggleHeadingBigger", "toggleHeading1",
  "toggleHeading2", "toggleHeading3", "toggleHeading4", "toggleHeading5", "toggleHeading6", "togglePreview",
  "toggleSideBySide", "toggleFullScreen",
];
const BROWSERS_KEYS = ["Tab", "Shift-Tab", "Esc", "Ctrl-D", "Cmd-D", "Ctrl-U", "Cmd-U", "Ctrl-[", "Ctrl-]", "Cmd-[", "Cmd-]", "Alt-Left", "Alt-Right"];
const none = (names, value) => Object.fromEntries(names.map((name) => [name, value]));

const rendered = async (textarea) => {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", textarea.form.elements.csrfmiddlewaretoken.value);
  body.set("text", textarea.value);
  try {
    return await (await fetch(textarea.dataset.preview, { method: "POST", body })).json();
  } catch {
    return { refused: "The preview did not come. Are you still connected and logged in?" };
  }
};

// In a shadow tree the admin's style does not reach the text, and the readers' style nothing but the text.
const paneOf = (textarea, label) => {
  const pane = document.createElement("div");
  pane.className = "desk-preview";
  pane.hidden = true;
  pane.tabIndex = 0;
  pane.setAttribute("role", "region");
  pane.setAttribute("aria-label", `Preview of ${label}`);
  const styles = textarea.dataset.styles.split(" ").map((href) => {
    return Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  });
  const prose = Object.assign(document.createElement("div"), { className: "prose" });
  pane.attachShadow({ mode: "open" }).append(...styles, prose);
  return pane;
};

// What readers see otherwise than it was written.
const listed = (notices) => {
  const list = Object.assign(document.createElement("ul"), { className: "notices" });
  list.append(...notices.map((it) => Object.assign(document.createElement("li"), { textContent: it })));
  return list;
};

const show = async (pane, textarea) => {
  const prose = pane.shadowRoot.querySelector(".prose");
  pane.setAttribute("aria-busy", "true");
  const { html, refused, notices = [] } = await rendered(textarea);
  if (refused) prose.textContent = refused;
  else prose.innerHTML = html || "<p>There is nothing to preview yet.</p>";
  if (notices.length) prose.append(listed(notices));
  pane.removeAttribute("aria-busy");
};

// One tab stop for the toolbar; the arrow keys move within it.
const rove = (toolbar) => {
  const buttons = [...toolbar.querySelectorAll("button")];
  buttons[0].tabIndex = 0;
  toolbar.addEventListener("keydown", ({ key, target }) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (!step) return;
    const next = buttons.at((buttons.indexOf(target) + step) % buttons.length);
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
    next.focus();
  });
};

const enhance = (textarea) => {
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  const name = label?.textContent.trim().replace(/:$/, "") ?? textarea.ariaLabel;
  const pane = paneOf(textarea, name.toLowerCase());

  const togglePreview = (editor) => {
    const button = editor.toolbarElements.preview;
    pane.hidden = !pane.hidden;
    editor.codemirror.getWrapperElement().hidden = !pane.hidden;
    button.setAttribute("aria-pressed", String(!pane.hidden));
    for (const other of editor.toolbar_div.querySelectorAll("button")) other.disabled = !pane.hidden && other !== button;
    if (pane.hidden) editor.codemirror.refresh();
    else show(pane, textarea);
  };

  const editor = new EasyMDE({
    element: textarea,
    autoDownloadFontAwesome: false,
    spellChecker: false,
    nativeSpellcheck: true,
    inputStyle: "contenteditable",
    forceSync: true,
    indentWithTabs: false,
    tabSize: 4,
    minHeight: "8rem",
    status: false,
    shortcuts: none(LEFT_TO_THE_BROWSER, null),
    toolbar: [
      ...BUTTONS.map(([id, title, text, action]) => ({ name: id, title, text, action })),
      { name: "image", title: "Image", text: "Image", action: () => textarea.dispatchEvent(new Event("desk:image")) }, // for `images.js`
      { name: "preview", title: "Preview", text: "Preview", action: togglePreview },
    ],
  });
  const { codemirror, toolbar_div: toolbar } = editor;
  codemirror.getWrapperElement().after(pane);
  codemirror.setOption("extraKeys", { ...codemirror.getOption("extraKeys"), ...none(BROWSERS_KEYS, false) });
  codemirror.setOption("viewportMargin", Infinity); // Screen readers, and the browser's search, reach every line.
  codemirror.on("change", () => textarea.dispatchEvent(new Event("input", { bubbles: true })));
  textarea.addEventListener("desk:fill", () => editor.value(textarea.value));

  const input = codemirror.getInputField();
  // Left to itself, the browser would keep the look of what it replaces as an inline style.
  input.addEventListener("beforeinput", (event) => {
    if (event.inputType !== "insertText" || event.isComposing) return;
    event.preventDefault();
    codemirror.replaceSelection(event.data, undefined, "+input");
  });
  input.setAttribute("role", "textbox");
  input.setAttribute("aria-multiline", "true");
  if (label) {
    label.id ||= `${textarea.id}_label`;
    label.removeAttribute("for");
    label.addEventListener("click", () => codemirror.focus());
    input.setAttribute("aria-labelledby", label.id);
  } else input.ariaLabel = name;
  const help = textarea.getAttribute("aria-describedby");
  if (help) input.setAttribute("aria-describedby", help);
  toolbar.parentElement.removeAttribute("role"); // EasyMDE's “application” would take a screen reader's keys away.
  toolbar.setAttribute("aria-label", `Format ${name.toLowerCase()}`);
  editor.toolbarElements.preview.setAttribute("aria-pressed", "false");
  rove(toolbar);
  textarea.dispatchEvent(new CustomEvent("desk:editor", { bubbles: true, detail: codemirror })); // for `images.js`
  return codemirror;
};

for (const textarea of document.querySelectorAll("textarea[data-preview]:not([data-on-focus])")) enhance(textarea);

// Of a form with many follow-ups, only the answers that somebody writes become editors.
document.addEventListener("focusin", ({ target }) => {
  if (!target.matches("textarea[data-on-focus]")) return;
  target.removeAttribute("data-on-focus");
  enhance(target).focus();
});
