// The reader's theme, set before anything is painted: a classic script in the head, so that no page flashes in another.
(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  // In the order of the switch: after the system's theme comes the other one, so that a click is seen to do something.
  const themes = () => (dark.matches ? ["system", "light", "dark"] : ["system", "dark", "light"]);
  const KEY = "hub:theme";
  const root = document.documentElement;

  const wear = (theme) => {
    root.dataset.theme = theme;
    document.querySelector("meta[name=color-scheme]").content = theme === "system" ? "light dark" : theme;
  };

  const wearKept = () => {
    let kept = root.dataset.theme;
    try {
      kept = localStorage.getItem(KEY);
    } catch {} // The browser keeps nothing: then the theme lasts as long as the page.
    wear(themes().includes(kept) ? kept : "system");
  };

  const change = () => {
    const order = themes();
    const theme = order[(order.indexOf(root.dataset.theme) + 1) % order.length];
    wear(theme);
    try {
      localStorage.setItem(KEY, theme);
    } catch {}
    document.getElementById("announcement").textContent = `Theme: ${theme}`;
  };

  root.classList.add("scripts");
  wearKept();
  addEventListener("storage", wearKept);
  addEventListener("pageshow", wearKept);
  document.addEventListener("click", ({ target }) => target.closest(".theme-switch") && change());
})();
