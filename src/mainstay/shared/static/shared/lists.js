// Lists by keyboard: j and k go down and up the rows, Enter opens, x ticks, s searches, n and p turn pages.
(() => {
  "use strict";
  const links = () => [...document.querySelectorAll("[data-row] [data-open]")];
  const typing = (element) =>
    element instanceof Element && element.closest("input:not([type=checkbox]), textarea, select");

  function go(step) {
    const all = links();
    const here = document.activeElement?.closest?.("[data-row]");
    const at = here ? all.indexOf(here.querySelector("[data-open]")) : -1;
    const next = all[Math.max(0, Math.min(all.length - 1, at + step))];
    next?.focus();
    next?.closest("tr").scrollIntoView({ block: "nearest" });
  }

  function tick() {
    document.activeElement?.closest?.("[data-row]")?.querySelector("[data-check]")?.click();
  }

  const acts = {
    j: () => go(1),
    k: () => go(-1),
    x: tick,
    s: () => document.querySelector("#list-words")?.focus(),
    n: () => document.querySelector(".pager [rel=next]")?.click(),
    p: () => document.querySelector(".pager [rel=prev]")?.click(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing(event.target) || document.querySelector("dialog[open], [popover]:popover-open")) return;
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  // A click anywhere on a row opens it, unless it was meant for something on the row.
  document.addEventListener("click", (event) => {
    const row = event.target instanceof Element ? event.target.closest("[data-row]") : null;
    if (!row || event.target.closest("a, input, button, label, .tick")) return;
    if (String(getSelection())) return;
    row.querySelector("[data-open]")?.click();
  });
})();
