// Sends the reader's vote without leaving the page. Without this script its form does, and comes back to the thanks.
const form = document.querySelector(".vote");
const thanks = document.getElementById("thanks");
const problem = Object.assign(document.createElement("p"), { className: "vote-error" });
problem.setAttribute("role", "alert");

// What the answer refuses the vote for; nothing, if it leads back to the question.
const refusal = async (response) => {
  if (response.type === "opaqueredirect") return "";
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return page.querySelector(".vote-error, h1")?.textContent ?? "This did not work.";
};

const send = () => {
  const body = new URLSearchParams(new FormData(form));
  return fetch(form.action, { method: "POST", body, redirect: "manual" }).then(refusal, () => "The hub cannot be reached.");
};

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  problem.remove();
  problem.textContent = await send();
  button.disabled = false;
  if (problem.textContent) {
    form.append(problem);
    return;
  }
  location.replace("#thanks");
  thanks.focus();
});
