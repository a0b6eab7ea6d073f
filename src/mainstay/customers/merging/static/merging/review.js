// The review by keyboard: every key stands on the button or link that it presses.
(() => {
  "use strict";
  const form = document.querySelector("[data-review]");
  const typing = (element) =>
    element instanceof Element && element.closest("input:not([type=radio], [type=checkbox]), textarea, select");
  const rows = () => [...document.querySelectorAll("[data-field]")];

  // The field whose side is chosen next: the one in focus, else the first.
  function here() {
    return document.activeElement?.closest?.("[data-field]") ?? rows()[0];
  }

  function choose(side) {
    const row = here();
    const radio = row?.querySelector(`[data-side="${side}"]`);
    if (!radio) return false;
    radio.checked = true;
    const all = rows();
    const next = all[all.indexOf(row) + 1] ?? row;
    next.querySelector(":checked")?.focus();
    next.scrollIntoView({ block: "nearest" });
    return true;
  }

  // Before the page's own keys, of which D would change the theme.
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (typing(event.target) || document.querySelector("dialog[open], [popover]:popover-open")) return;
      const key = event.key.toLowerCase();
      const button = /^[a-z]$/.test(key) ? document.querySelector(`[data-key="${key}"]`) : null;
      if (!button && !(form && /^[1-9]$/.test(key) && choose(key))) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      button?.click();
    },
    true,
  );
})();
