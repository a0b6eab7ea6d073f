// The shell in the browser: drawer, palette, shortcuts, theme, messages, questions before a deed.
(() => {
  "use strict";
  const root = document.documentElement;
  const find = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const on = (type, selector, act) =>
    document.addEventListener(type, (event) => {
      const target = event.target instanceof Element ? event.target.closest(selector) : null;
      if (target) act(target, event);
    });

  // -- navigation: folded on a desk, a drawer on a phone
  const drawer = { from: null };

  function openDrawer(button) {
    drawer.from = button;
    document.body.classList.add("drawer-open");
    button.setAttribute("aria-expanded", "true");
    find(".app-body").inert = true;
    find("#sidebar a, #sidebar button").focus();
  }

  function closeDrawer() {
    if (!document.body.classList.contains("drawer-open")) return;
    document.body.classList.remove("drawer-open");
    find(".app-body").inert = false;
    drawer.from?.setAttribute("aria-expanded", "false");
    drawer.from?.focus();
  }

  function fold() {
    const folded = root.dataset.nav !== "folded";
    root.dataset.nav = folded ? "folded" : "open";
    find("[data-fold]")?.setAttribute("aria-pressed", String(folded));
    try {
      localStorage.setItem("mainstay.nav", root.dataset.nav);
    } catch {
      // storage is switched off: folded for this page only
    }
  }

  on("click", "[data-drawer=open]", openDrawer);
  on("click", "[data-drawer=close]", closeDrawer);
  on("click", "[data-fold]", fold);
  find("[data-fold]")?.setAttribute("aria-pressed", String(root.dataset.nav === "folded"));

  // -- tabs: the chosen one is in sight, also where the row is longer than a phone
  for (const tab of all(".tabs a[aria-current]")) {
    const row = tab.parentElement;
    row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
  }

  // -- theme
  on("submit", "[data-theme-form]", (form, event) => {
    const wished = event.submitter?.value;
    if (!wished) return;
    document.dispatchEvent(new CustomEvent("theme-wished", { detail: wished }));
    all("[data-theme-form] button").forEach((button) =>
      button.value === wished
        ? button.setAttribute("aria-current", "true")
        : button.removeAttribute("aria-current"),
    );
    form.closest("[popover]")?.hidePopover();
  });

  function otherTheme() {
    const wished = root.dataset.bsTheme === "dark" ? "light" : "dark";
    const button = find(`[data-theme-form] button[value=${wished}]`);
    button?.form.requestSubmit(button);
  }

  // -- dialogs close on their shade
  on("click", "dialog[open]", (dialog, event) => {
    if (event.target === dialog) dialog.close();
  });
  on("click", "[data-shortcuts]", (button) => {
    button.closest("[popover]")?.hidePopover();
    const sheet = find("#shortcuts");
    if (button.dataset.shortcuts === "open") sheet.showModal();
    else sheet.close();
  });

  // -- palette
  const palette = find("#palette");
  const input = palette && find(".palette-input", palette);
  const hits = () => all(".palette-hit", palette);

  function openPalette() {
    if (!palette || palette.open) return;
    closeDrawer();
    palette.showModal();
    input.value = "";
    input.focus();
    htmx.trigger(input, "palette-open");
  }

  function choose(hit) {
    hits().forEach((other) => other.setAttribute("aria-selected", String(other === hit)));
    if (hit) {
      input.setAttribute("aria-activedescendant", hit.id);
      hit.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function move(step) {
    const list = hits();
    const at = list.findIndex((hit) => hit.getAttribute("aria-selected") === "true");
    if (list.length) choose(list[(at + step + list.length) % list.length]);
  }

  if (palette) {
    on("click", "[data-palette=open]", openPalette);
    on("click", "[data-palette=close]", () => palette.close());
    palette.addEventListener("htmx:afterSwap", () => choose(hits()[0]));
    palette.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") move(1);
      else if (event.key === "ArrowUp") move(-1);
      else if (event.key === "Enter") find(".palette-hit[aria-selected=true]", palette)?.click();
      else return;
      event.preventDefault();
    });
  }

  // -- shortcuts
  const typing = (element) =>
    element instanceof Element && element.closest("input, textarea, select, [contenteditable]");

  // A page gives a link, button or fold its own key with data-key; a fold is entered when opened.
  function pageKey(key) {
    const target = /^[a-z]$/.test(key) && find(`[data-key="${key}"]`);
    return target && (() => {
      target.click();
      const fold = target.tagName === "SUMMARY" ? target.parentElement : null;
      if (fold) find("input:not([type=hidden], [type=radio]), textarea, select", fold)?.focus();
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeDrawer();
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      openPalette();
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing(event.target) || find("dialog[open]")) return;
    const act = {
      "/": openPalette,
      "[": fold,
      d: otherTheme,
      "?": () => find("#shortcuts")?.showModal(),
    }[event.key] || pageKey(event.key);
    if (!act) return;
    event.preventDefault();
    act();
  });

  // -- messages
  on("click", "[data-dismiss]", (button) => button.closest(button.dataset.dismiss)?.remove());

  function toast(words) {
    const line = document.createElement("div");
    line.className = "toast-line";
    line.textContent = words;
    find("#toasts").append(line);
    setTimeout(() => line.remove(), 8000);
  }

  const say = document.body.dataset;
  document.addEventListener("htmx:sendError", () => toast(say.sayOffline));
  document.addEventListener("htmx:timeout", () => toast(say.sayOffline));
  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    toast(status === 403 ? say.sayForbidden : say.sayFailed);
  });

  // -- a question before a deed: data-confirm on a button or form, hx-confirm on htmx elements
  function ask(words, act) {
    const dialog = find("#question");
    find("[data-question]", dialog).textContent = words;
    dialog.returnValue = "";
    dialog.addEventListener("close", () => dialog.returnValue === "yes" && act(), { once: true });
    dialog.showModal();
  }

  document.addEventListener("htmx:confirm", (event) => {
    if (!event.detail.question) return;
    event.preventDefault();
    ask(event.detail.question, () => event.detail.issueRequest(true));
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const words = event.submitter?.dataset.confirm || form.dataset.confirm;
    if (words && !form.dataset.confirmed) {
      event.preventDefault();
      const submitter = event.submitter;
      ask(words, () => {
        form.dataset.confirmed = "yes";
        form.requestSubmit(submitter);
        delete form.dataset.confirmed;
      });
    } else if (!event.defaultPrevented && form.method !== "dialog" && !form.hasAttribute("data-quick")) {
      event.submitter?.setAttribute("aria-busy", "true"); // shows that the page is working
    }
  });
  addEventListener("pageshow", () =>
    all("[aria-busy=true]").forEach((element) => element.removeAttribute("aria-busy")),
  );

  // -- lists: one box ticks all, and says how many
  function count(form) {
    const boxes = all("[data-check]", form);
    const ticked = boxes.filter((box) => box.checked).length;
    const every = find("[data-check-all]", form);
    if (every) {
      every.checked = ticked > 0 && ticked === boxes.length;
      every.indeterminate = ticked > 0 && ticked < boxes.length;
    }
    all("[data-check-count]", form).forEach((place) => (place.textContent = String(ticked)));
    all("[data-check-bar]", form).forEach((bar) => (bar.hidden = ticked === 0));
  }

  on("change", "[data-check-all]", (box) => {
    const form = box.closest("form") || document;
    all("[data-check]", form).forEach((other) => (other.checked = box.checked));
    count(form);
  });
  on("change", "[data-check]", (box) => count(box.closest("form") || document));

  // -- popovers under their button where the browser cannot anchor them by itself
  if (!CSS.supports("position-area", "bottom")) {
    document.addEventListener(
      "toggle",
      (event) => {
        const popover = event.target;
        if (event.newState !== "open" || !popover.id) return;
        const button = find(`[popovertarget="${CSS.escape(popover.id)}"]`);
        if (!button) return;
        const at = button.getBoundingClientRect();
        const wide = popover.offsetWidth;
        popover.style.margin = "0";
        popover.style.top = `${at.bottom + 6}px`;
        popover.style.left = `${Math.max(8, Math.min(at.left, innerWidth - wide - 8))}px`;
      },
      true,
    );
  }
})();
