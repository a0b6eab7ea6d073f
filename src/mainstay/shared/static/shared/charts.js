// Draws every [data-chart] from the Vega-Lite spec beside it, in the colours of the theme.
(() => {
  "use strict";
  const engineUrl = document.currentScript.dataset.engine;
  const drawn = new Map(); // figure -> { view, width }
  let engine = null;

  function load() {
    engine ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = engineUrl;
      script.onload = () => document.fonts.ready.then(() => resolve(window.MainstayCharts));
      script.onerror = reject;
      document.head.append(script);
    });
    return engine;
  }

  const styles = () => getComputedStyle(document.documentElement);
  const token = (style, name) => style.getPropertyValue(name).trim();

  function config() {
    const style = styles();
    const colour = (name) => token(style, name);
    const category = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => colour(`--chart-${n}`));
    const ramp = [1, 2, 3, 4, 5].map((n) => colour(`--ramp-${n}`));
    const words = { labelColor: colour("--muted"), titleColor: colour("--muted") };
    const text = { labelFontSize: 11.5, titleFontSize: 11.5, titleFontWeight: 500 };
    return {
      aria: false,
      background: "transparent",
      font: token(style, "--font"),
      padding: 2,
      view: { stroke: null },
      axis: {
        ...words, ...text, gridColor: colour("--line-soft"), domainColor: colour("--line"),
        tickColor: colour("--line"), labelPadding: 6, titlePadding: 10, tickSize: 0, labelLimit: 140,
      },
      axisQuantitative: { domain: false },
      axisBand: { grid: false },
      legend: { ...words, ...text, symbolType: "circle", symbolSize: 70, orient: "top", titleOrient: "left" },
      header: { ...words, ...text },
      title: { color: colour("--ink"), fontSize: 13, fontWeight: 600, anchor: "start" },
      range: { category, ramp, heatmap: ramp, ordinal: ramp },
      mark: { color: category[0] },
      text: { color: colour("--ink"), fontSize: 11.5 },
      bar: { cornerRadiusEnd: 2 },
      line: { strokeWidth: 2 },
      point: { filled: true, size: 36 },
      area: { opacity: 0.16, line: { strokeWidth: 2 } },
      rule: { color: colour("--muted") },
    };
  }

  // Numbers, months and days as the page's language writes them.
  function locale() {
    const language = document.documentElement.lang || "en";
    const parts = new Intl.NumberFormat(language, { useGrouping: "always" }).formatToParts(1234567.8);
    const part = (type, other) => parts.find((one) => one.type === type)?.value ?? other;
    const name = (options, at) => new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" }).format(at);
    const months = (style) => [...Array(12).keys()].map((m) => name({ month: style }, Date.UTC(2024, m, 15)));
    const days = (style) => [...Array(7).keys()].map((d) => name({ weekday: style }, Date.UTC(2024, 0, 7 + d)));
    return {
      number: { decimal: part("decimal", "."), thousands: part("group", ","), grouping: [3], currency: ["", ""] },
      time: {
        dateTime: "%x %X", date: "%Y-%m-%d", time: "%H:%M", periods: ["AM", "PM"],
        days: days("long"), shortDays: days("short"), months: months("long"), shortMonths: months("short"),
      },
    };
  }

  // Specs are shared with printed reports, which have one look; on a page their colours are the theme's.
  const printed = {
    "#206bc4": "--chart-1", "#2fb344": "--chart-7", "#f59f00": "--chart-3", "#d63939": "--chart-5",
    "#8a94a6": "--chart-6", "#4299e1": "--chart-8", "#a5c8f0": "--ramp-3",
  };

  function spec(figure, width) {
    const style = styles();
    const text = figure.querySelector("script[type='application/json']").textContent;
    const wished = JSON.parse(text, (_key, value) => (printed[value] ? token(style, printed[value]) : value));
    const single = !("facet" in wished || "hconcat" in wished || "vconcat" in wished || "concat" in wished);
    if (!single) return wished;
    const fixed = typeof wished.width === "number" || typeof wished.width?.step === "number";
    return {
      ...wished,
      width: fixed ? wished.width : width,
      height: typeof wished.height === "undefined" ? Number(figure.dataset.height) : wished.height,
      autosize: { type: fixed ? "pad" : "fit", contains: "padding" },
    };
  }

  // -- tooltip: our own element, text only
  const tip = document.createElement("div");
  tip.className = "chart-tip";
  tip.hidden = true;

  function tooltip(_handler, event, _item, value) {
    if (value === null || value === undefined || value === "") {
      tip.hidden = true;
      return;
    }
    const rows = typeof value === "object" ? Object.entries(value) : [["", value]];
    tip.replaceChildren(...rows.map(([name, words]) => {
      const row = document.createElement("div");
      for (const text of [name, words]) {
        const cell = document.createElement("span");
        cell.textContent = String(text);
        row.append(cell);
      }
      return row;
    }));
    if (!tip.isConnected) document.body.append(tip);
    tip.hidden = false;
    const left = event.clientX + 14;
    tip.style.left = `${Math.max(4, Math.min(left, innerWidth - tip.offsetWidth - 8))}px`;
    tip.style.top = `${Math.max(4, event.clientY - tip.offsetHeight - 10)}px`;
  }

  function follow(_event, item) {
    const href = item?.datum?.href;
    if (!href || item.href) return;
    const url = new URL(href, location.href);
    if (url.origin === location.origin) location.assign(url);
  }

  // One image with one name; Vega's own labels are English and unnamed groups help nobody.
  function describe(canvas, figure) {
    for (const element of canvas.querySelectorAll("[aria-roledescription], [role]")) {
      element.removeAttribute("role");
      element.removeAttribute("aria-roledescription");
      element.removeAttribute("aria-label");
    }
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-labelledby", figure.getAttribute("aria-labelledby"));
  }

  async function draw(figure) {
    const canvas = figure.querySelector("[data-chart-canvas]");
    const width = Math.floor(canvas.clientWidth);
    if (!width) return; // hidden: drawn when it gets a size
    const sorry = figure.querySelector("[data-chart-sorry]");
    try {
      const { compile, parse, View, expressionInterpreter } = await load();
      const whole = spec(figure, width);
      const plan = compile({ ...whole, config: { ...config(), ...whole.config } });
      const view = new View(parse(plan.spec, null, { ast: true }), {
        renderer: "svg", container: canvas, hover: true, expr: expressionInterpreter,
        tooltip, locale: locale(),
      });
      view.addEventListener("click", follow);
      drawn.get(figure)?.view?.finalize();
      drawn.set(figure, { view, width });
      await view.runAsync();
      describe(canvas, figure);
      figure.dataset.drawn = "yes";
      sorry.hidden = true;
    } catch (error) {
      sorry.hidden = false;
      figure.dataset.drawn = "failed";
      console.error(error);
    }
  }

  const sizes = new ResizeObserver((entries) => {
    for (const { target, contentRect } of entries) {
      const figure = target.closest("[data-chart]");
      const before = drawn.get(figure)?.width;
      if (contentRect.width && Math.abs(Math.floor(contentRect.width) - (before ?? 0)) > 1) draw(figure);
    }
  });

  function start(within) {
    for (const figure of within.querySelectorAll("[data-chart]")) {
      if (drawn.has(figure)) continue;
      drawn.set(figure, { view: null, width: 0 });
      sizes.observe(figure.querySelector("[data-chart-canvas]"));
    }
  }

  function forget() {
    for (const [figure, { view }] of drawn) {
      if (figure.isConnected) continue;
      view?.finalize();
      drawn.delete(figure);
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-chart-switch]");
    if (!button) return;
    const figure = button.closest("[data-chart]");
    const table = figure.querySelector("[data-chart-table]");
    table.hidden = !table.hidden;
    figure.querySelector("[data-chart-canvas]").hidden = !table.hidden;
    button.setAttribute("aria-pressed", String(!table.hidden));
  });
  document.addEventListener("theme-applied", () => {
    for (const figure of drawn.keys()) if (figure.isConnected) draw(figure);
  });
  document.addEventListener("htmx:load", (event) => {
    forget();
    start(event.detail.elt.parentElement ?? document);
  });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => start(document));
  else start(document);
})();
