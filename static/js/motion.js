// A view transition that comes to nothing, because the reader went on or the page was there first, is no error. Browsers
// hand it over before modules run: a classic script.
for (const moment of ["pageswap", "pagereveal"]) {
  addEventListener(moment, ({ viewTransition }) => {
    viewTransition?.ready.catch(() => {});
    viewTransition?.finished.catch(() => {});
  });
}
