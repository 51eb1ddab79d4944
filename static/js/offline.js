// Keeps what has been read for times without a network, through the service worker, and says when there is none.
const note = document.querySelector(".offline-note");
const worker = navigator.serviceWorker; // Over plain http there is none, and nothing is kept.

const tell = () => {
  note.querySelector(".offline-kept").hidden = !worker?.controller;
  note.hidden = navigator.onLine;
};

addEventListener("online", tell);
addEventListener("offline", tell);
tell();

// A page that came past the worker, being the first or fetched ahead, is named to it once all that it is made of is there.
const loaded = new Promise((resolve) => (document.readyState === "complete" ? resolve() : addEventListener("load", resolve)));
const tellWorker = async () => {
  await loaded;
  const files = performance.getEntriesByType("resource").map(({ name }) => name);
  worker.controller?.postMessage([location.href, ...files]);
};
const [visit] = performance.getEntriesByType("navigation");
if (worker?.controller && !visit.workerStart) tellWorker();
worker?.addEventListener("controllerchange", tellWorker);
// Where a browser refuses, in a private window for example, the pages are as good without.
worker?.register("/sw.js").catch(() => {});
