// Images that are pasted into an editor, dropped on it, or chosen: what they show is asked for, and they go to the hub.
const PREVIEW = 160; // pixels
const UNSENT = "The image did not arrive. Are you still connected and logged in?";
const REFUSED = { 403: "You may not add images.", 413: "The hub takes no file of this size from you. Are you still logged in?" };

const dialog = Object.assign(document.createElement("dialog"), { className: "desk-image" });
dialog.setAttribute("aria-labelledby", "desk-image-title");
dialog.innerHTML = `
  <form>
    <h2 id="desk-image-title">Insert an image</h2>
    <p class="desk-image-choice"><label for="desk-image-file">File</label> <input type="file" id="desk-image-file" accept="image/*" required></p>
    <canvas hidden></canvas>
    <label for="desk-image-text">What does it show?</label>
    <textarea id="desk-image-text" rows="3" maxlength="500" required aria-describedby="desk-image-help"></textarea>
    <p class="help" id="desk-image-help">The alternative text, for whoever cannot see the image.</p>
    <p class="desk-image-refusal" role="alert" hidden></p>
    <p class="desk-image-buttons"><button class="button default">Insert</button> <button type="button" class="button">Cancel</button></p>
  </form>`;
const form = dialog.querySelector("form");
const choice = dialog.querySelector(".desk-image-choice");
const input = dialog.querySelector("input");
const canvas = dialog.querySelector("canvas");
const said = dialog.querySelector("textarea");
const alert = dialog.querySelector("[role=alert]");
const [insert, cancel] = dialog.querySelectorAll("button");
const waiting = []; // [editor, file]; an editor is a text area and what stands for it
let editor;
let file;

const complain = (sentence) => {
  alert.hidden = !sentence;
  alert.textContent = sentence;
};

// Drawn instead of linked: the content security policy knows no address that a file in memory could have.
const draw = async () => {
  canvas.hidden = true;
  try {
    const image = await createImageBitmap(file);
    const factor = Math.min(1, PREVIEW / Math.max(image.width, image.height));
    canvas.width = image.width * factor;
    canvas.height = image.height * factor;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.hidden = false;
  } catch {
    // Not an image that this browser knows; the hub says whether it takes it.
  }
};

const ask = () => {
  if (dialog.open || !waiting.length) return;
  [editor, file] = waiting.shift();
  form.reset();
  complain("");
  canvas.hidden = true;
  choice.hidden = input.disabled = Boolean(file);
  if (file) draw();
  dialog.showModal();
  (file ? said : input).focus();
};

const sent = async () => {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", editor.textarea.form.elements.csrfmiddlewaretoken.value);
  body.set("file", file);
  body.set("alternative_text", said.value);
  try {
    const response = await fetch(editor.textarea.dataset.upload, { method: "POST", body });
    if (response.headers.get("Content-Type")?.startsWith("application/json")) return await response.json();
    return { refused: REFUSED[response.status] ?? UNSENT };
  } catch {
    return { refused: UNSENT };
  }
};

const put = ({ markdown, note }) => {
  const { codemirror, status } = editor;
  const caret = codemirror.getCursor("to"); // What is selected stays.
  codemirror.replaceRange(markdown, caret);
  codemirror.setCursor({ line: caret.line, ch: caret.ch + markdown.length });
  status.textContent = note;
  dialog.close();
};

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const largest = Number(editor.textarea.dataset.largestImage);
  if (file.size > largest) return complain(`The file has ${(file.size / 1e6).toFixed(1)} MB; an image may have ${largest / 1e6} MB.`);
  insert.disabled = true;
  complain("");
  const answer = await sent();
  insert.disabled = false;
  if (!dialog.open) return; // Cancelled meanwhile.
  if (answer.refused) complain(answer.refused);
  else put(answer);
});

input.addEventListener("change", () => {
  file = input.files[0];
  complain("");
  if (file) draw();
});

cancel.addEventListener("click", () => dialog.close());

dialog.addEventListener("close", () => {
  editor.codemirror.focus();
  ask();
});

const isImage = ({ type, name }) => type.startsWith("image/") || /\.hei[cf]$/i.test(name);

const take = (into, transfer, event) => {
  const images = [...(transfer?.files ?? [])].filter(isImage);
  if (!images.length) return false;
  event.preventDefault();
  waiting.push(...images.map((image) => [into, image]));
  return true;
};

const enhance = (textarea) => {
  const container = textarea.nextElementSibling;
  const { CodeMirror: codemirror } = container.querySelector(".CodeMirror");
  const status = Object.assign(document.createElement("p"), { className: "help" });
  status.setAttribute("role", "status");
  container.append(status);
  const into = { textarea, codemirror, status };

  textarea.addEventListener("desk:image", () => {
    waiting.push([into, null]);
    ask();
  });
  codemirror.on("paste", (_, event) => {
    // Office programs send a picture of the text beside the text.
    if (!event.clipboardData?.types.includes("text/plain") && take(into, event.clipboardData, event)) ask();
  });
  codemirror.on("drop", (_, event) => {
    if (!take(into, event.dataTransfer, event)) return;
    codemirror.setCursor(codemirror.coordsChar({ left: event.clientX, top: event.clientY }, "window"));
    ask();
  });
};

document.body.append(dialog);
for (const textarea of document.querySelectorAll("textarea[data-upload]")) enhance(textarea);
