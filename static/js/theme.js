// The reader's theme, set before anything is painted: a classic script in the head, so that no page flashes in another.
(() => {
  const THEMES = ["system", "light", "dark"];
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
    wear(THEMES.includes(kept) ? kept : "system");
  };

  const change = () => {
    const theme = THEMES[(THEMES.indexOf(root.dataset.theme) + 1) % THEMES.length];
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
