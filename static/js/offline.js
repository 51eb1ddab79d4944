// Keeps what has been read for times without a network, through the service worker, and says when there is none.
const note = document.querySelector(".offline-note");
const tell = () => (note.hidden = navigator.onLine);

addEventListener("online", tell);
addEventListener("offline", tell);
tell();

// A worker that takes over has not seen this page come: it is told what the page is made of, once all of that is there.
const tellWorker = () => {
  const files = performance.getEntriesByType("resource").map(({ name }) => name);
  navigator.serviceWorker.controller?.postMessage([location.href, ...files]);
};
navigator.serviceWorker?.addEventListener("controllerchange", () => {
  if (document.readyState === "complete") tellWorker();
  else addEventListener("load", tellWorker, { once: true });
});
// Where a browser refuses, in a private window for example, the pages are as good without.
navigator.serviceWorker?.register("/sw.js").catch(() => {});
