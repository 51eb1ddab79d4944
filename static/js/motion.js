// A view transition that comes to nothing, because the reader went on or the page was there first, is no error; Chromium
// reports it as one, and to nobody who could have prevented it. This may come before modules run: a classic script.
addEventListener("unhandledrejection", (event) => {
  if (/^Transition was (aborted|skipped)/.test(event.reason?.message)) event.preventDefault();
});
