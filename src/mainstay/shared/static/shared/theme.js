// Runs before the first paint: the wished theme and the folded navigation, without a flash.
(() => {
  "use strict";
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  function apply() {
    const wished = root.dataset.theme;
    root.dataset.bsTheme = wished === "system" ? (dark.matches ? "dark" : "light") : wished;
    document.dispatchEvent(new CustomEvent("theme-applied"));
  }

  function stored(name) {
    try {
      return localStorage.getItem(name);
    } catch {
      return null; // storage is switched off: the navigation opens unfolded
    }
  }

  dark.addEventListener("change", apply);
  document.addEventListener("theme-wished", (event) => {
    root.dataset.theme = event.detail;
    apply();
  });
  if (stored("mainstay.nav") === "folded") root.dataset.nav = "folded";
  apply();
})();
