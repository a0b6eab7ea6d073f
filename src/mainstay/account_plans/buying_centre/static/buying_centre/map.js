/* Move people on the relationship map and draw lines between them, by mouse, finger or keyboard. */
(() => {
  "use strict";
  const area = document.querySelector(".bc-scroll[data-place]");
  const map = area && area.querySelector(".bc-map");
  if (!map) return;
  const told = document.querySelector(".bc-told");
  const modes = document.querySelector(".bc-modes");
  const form = document.querySelector(".bc-draw");
  const [WIDTH, HEIGHT, EDGE, STEP] = [190, 84, 24, 10];
  const say = (what) => { told.textContent = told.dataset[what]; };
  let mode = "", begun = null, grabbed = null, waiting = 0;

  const nodes = new Map([...map.querySelectorAll("[data-member]")].map((node) => [node.dataset.member, node]));
  const corner = (node) => node.getAttribute("transform").match(/-?\d+/g).map(Number);

  function reporting([x1, y1], [x2, y2]) {
    const [from, to] = [x1 + WIDTH / 2, x2 + WIDTH / 2];
    return `M${from} ${y1}V${Math.floor((y1 + y2 + HEIGHT) / 2)}H${to}V${y2 + HEIGHT}`;
  }
  function influence([x1, y1], [x2, y2]) {
    const right = x2 >= x1;
    const [from, to, bend] = [x1 + (right ? WIDTH : 0), x2 + (right ? 0 : WIDTH), right ? 60 : -60];
    const [a, b] = [y1 + HEIGHT / 2, y2 + HEIGHT / 2];
    return `M${from} ${a}C${from + bend} ${a} ${to - bend} ${b} ${to} ${b}`;
  }
  function redraw() {
    for (const line of map.querySelectorAll("[data-kind]")) {
      const ends = [corner(nodes.get(line.dataset.source)), corner(nodes.get(line.dataset.target))];
      line.setAttribute("d", line.dataset.kind === "reporting" ? reporting(...ends) : influence(...ends));
    }
    const corners = [...nodes.values()].map(corner);
    const wide = Math.max(...corners.map(([x]) => x)) + WIDTH + EDGE;
    const high = Math.max(...corners.map(([, y]) => y)) + HEIGHT + EDGE;
    map.setAttribute("viewBox", `0 0 ${wide} ${high}`);
    map.setAttribute("width", wide);
    map.setAttribute("height", high);
  }
  function move(node, x, y) {
    const inside = (value) => Math.min(4000, Math.max(0, Math.round(value)));
    node.setAttribute("transform", `translate(${inside(x)} ${inside(y)})`);
    redraw();
  }
  async function keep(node) {
    const [x, y] = corner(node);
    const body = new FormData(form);
    for (const [name, value] of Object.entries({ member: node.dataset.member, x, y })) body.set(name, value);
    const answer = await fetch(area.dataset.place, { method: "POST", body }).catch(() => null);
    say(answer && answer.ok ? "kept" : "lost");
  }
  function choose(next) {
    mode = next;
    if (begun) begun.classList.remove("bc-begun");
    begun = null;
    area.classList.toggle("bc-drawing", mode !== "");
    for (const button of modes.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.dataset.mode === mode));
    say(mode ? "first" : "move");
  }
  function pick(node) {
    if (!begun) {
      begun = node;
      node.classList.add("bc-begun");
      say("second");
    } else {
      form.elements.kind.value = mode;
      form.elements.source.value = begun.dataset.member;
      form.elements.target.value = node.dataset.member;
      form.submit();
    }
  }

  modes.hidden = false;
  say("move");
  modes.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) choose(button.dataset.mode);
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && mode) choose(""); });

  for (const node of nodes.values()) {
    node.addEventListener("dragstart", (event) => event.preventDefault());
    node.addEventListener("pointerdown", (event) => {
      if (mode || event.button) return;
      const [x, y] = corner(node);
      grabbed = { node, x: x - event.clientX, y: y - event.clientY, moved: false };
      node.setPointerCapture(event.pointerId);
    });
    node.addEventListener("pointermove", (event) => {
      if (!grabbed || grabbed.node !== node) return;
      const [x, y] = [grabbed.x + event.clientX, grabbed.y + event.clientY];
      const [left, top] = corner(node);
      grabbed.moved = grabbed.moved || Math.abs(x - left) + Math.abs(y - top) > 4;
      if (grabbed.moved) move(node, x, y);
    });
    node.addEventListener("pointerup", () => {
      if (grabbed && grabbed.moved) keep(node);
    });
    node.addEventListener("click", (event) => {
      const moved = grabbed && grabbed.moved;
      grabbed = null;
      if (mode || moved) event.preventDefault();
      if (mode) pick(node);
    });
    node.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[event.key];
      if (!by) return;
      event.preventDefault();
      const [x, y] = corner(node);
      move(node, x + by[0], y + by[1]);
      clearTimeout(waiting);
      waiting = setTimeout(() => keep(node), 500);
    });
  }
})();
