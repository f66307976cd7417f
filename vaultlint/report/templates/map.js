// The map: zoom, names, the links of the note that is pointed at, and a search.
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const svg = byId("map-picture");
  if (!svg) return;
  const data = JSON.parse(byId("map-data").textContent);
  const whole = { x: 0, y: 0, w: Number(svg.dataset.width), h: Number(svg.dataset.height) };
  let view = { ...whole };
  let picked = -1;
  let held = false;
  const card = byId("map-card");
  const own = byId("map-own");
  const labels = [...byId("map-labels").children].map((element) => ({
    element,
    x: Number(element.getAttribute("x")),
    y: Number(element.getAttribute("y")),
    r: Number(element.dataset.r),
    hub: element.classList.contains("hub"),
    first: element.classList.contains("first"),
    length: element.textContent.length,
  }));
  labels.sort((a, b) => a.hub - b.hub || (a.hub ? 0 : b.r - a.r));

  const neighbors = data.x.map(() => []);
  for (let at = 0; at < data.links.length; at += 2) {
    neighbors[data.links[at]].push(data.links[at + 1]);
    neighbors[data.links[at + 1]].push(data.links[at]);
  }

  const names = [];
  function nameOf(place) {
    if (!names[place]) names[place] = readName(place);
    return names[place];
  }

  function readName(place) {
    const item = byId(`n${place}`);
    const folder = item.closest(".shelf").dataset.folder;
    const label = item.querySelector("bdi").textContent;
    return { label, path: folder ? `${folder}/${label}` : label, item };
  }

  // Views

  function show() {
    svg.style.touchAction = view.w < whole.w ? "none" : ""; // whole: a finger scrolls the page
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.w} ${view.h}`);
    placeLabels(Math.min(svg.clientWidth / view.w, svg.clientHeight / view.h) || 1);
  }

  function placeLabels(scale) {
    const taken = [];
    for (const label of labels) {
      const size = (label.hub ? 11.5 : 13) / scale;
      const wide = label.length * size * 0.56;
      const y = label.hub ? label.y - label.r - size * 0.35 : label.y - size * 0.25;
      const box = [label.x - wide / 2, y - size, label.x + wide / 2, y + size * 0.3];
      const inside = box[0] > view.x && box[2] < view.x + view.w && box[1] > view.y - size;
      const roomy = label.hub ? label.r * scale > (label.first ? 5 : 14) : wide < label.r * 4.2;
      const free = taken.every(
        (other) => box[0] > other[2] || box[2] < other[0] || box[1] > other[3] || box[3] < other[1],
      );
      const fits = inside && roomy && free;
      label.element.setAttribute("visibility", fits ? "visible" : "hidden");
      if (!fits) continue;
      taken.push(box);
      label.element.style.fontSize = `${size}px`;
      label.element.setAttribute("y", y);
    }
  }

  function zoom(factor, x = view.x + view.w / 2, y = view.y + view.h / 2) {
    const w = Math.min(whole.w, Math.max(whole.w / 40, view.w * factor));
    const real = w / view.w;
    view = { x: x - (x - view.x) * real, y: y - (y - view.y) * real, w, h: view.h * real };
    move(0, 0);
  }

  function move(dx, dy) {
    view.x = Math.min(Math.max(view.x + dx, whole.x - view.w / 3), whole.w - (view.w * 2) / 3);
    view.y = Math.min(Math.max(view.y + dy, whole.y - view.h / 3), whole.h - (view.h * 2) / 3);
    if (view.w >= whole.w) view = { ...whole };
    show();
  }

  function at(event) {
    const box = svg.getBoundingClientRect();
    const scale = Math.max(view.w / box.width, view.h / box.height);
    return {
      x: view.x + view.w / 2 + (event.clientX - box.left - box.width / 2) * scale,
      y: view.y + view.h / 2 + (event.clientY - box.top - box.height / 2) * scale,
      scale,
    };
  }

  // Notes

  function nearest(point) {
    let best = -1;
    let least = 14 * point.scale;
    for (let place = 0; place < data.x.length; place += 1) {
      const away = Math.hypot(data.x[place] - point.x, data.y[place] - point.y) - data.r[place];
      if (away < least) [least, best] = [away, place];
    }
    return best;
  }

  function drawn(tag, attributes) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  }

  function pick(place) {
    if (place === picked) return;
    picked = place;
    own.replaceChildren();
    svg.classList.toggle("picked", place >= 0);
    card.hidden = place < 0;
    if (place < 0) return;
    const [x, y] = [data.x[place], data.y[place]];
    const around = new Set(neighbors[place]);
    for (const other of around) {
      own.append(drawn("path", { d: `M${x} ${y}L${data.x[other]} ${data.y[other]}` }));
    }
    for (const other of around) {
      own.append(drawn("circle", { cx: data.x[other], cy: data.y[other], r: data.r[other] }));
    }
    own.append(drawn("circle", { class: "picked-dot", cx: x, cy: y, r: data.r[place] * 1.25 }));
    describe(place, around.size);
  }

  function describe(place, links) {
    const { label, path, item } = nameOf(place);
    const link = document.createElement("a");
    link.href = `#n${place}`;
    const bold = document.createElement("bdi");
    bold.textContent = label.slice(label.lastIndexOf("/") + 1);
    link.append(bold);
    const first = document.createElement("p");
    first.append(link);
    const second = document.createElement("p");
    second.className = "about";
    const findings = item.querySelector("b");
    const many = findings ? parseInt(findings.textContent, 10) : 0;
    second.textContent =
      `${path} · linked with ${links} ${links === 1 ? "note" : "notes"} · ` +
      (findings ? `${findings.firstChild.textContent} ${many === 1 ? "finding" : "findings"}` : "no findings");
    card.replaceChildren(first, second);
  }

  function goTo(place) {
    const w = Math.min(view.w, whole.w / 3);
    const h = (w * whole.h) / whole.w;
    view = { x: data.x[place] - w / 2, y: data.y[place] - h / 2, w, h };
    move(0, 0);
    pick(-1);
    pick(place);
    held = true;
  }

  // Pointers: one drags, two pinch; a press without a drag holds the note.

  const down = new Map();
  let dragged = 0;
  svg.addEventListener("pointerdown", (event) => {
    down.set(event.pointerId, event);
    dragged = 0;
    if (event.pointerType === "mouse") svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener("pointermove", (event) => {
    const before = down.get(event.pointerId);
    if (!before) {
      if (!held && event.pointerType === "mouse") pick(nearest(at(event)));
      return;
    }
    const others = [...down.values()].filter((each) => each.pointerId !== event.pointerId);
    down.set(event.pointerId, event);
    dragged += Math.hypot(event.clientX - before.clientX, event.clientY - before.clientY);
    if (others.length === 1) {
      const [other] = others;
      const was = Math.hypot(before.clientX - other.clientX, before.clientY - other.clientY);
      const is = Math.hypot(event.clientX - other.clientX, event.clientY - other.clientY);
      const middle = at({
        clientX: (event.clientX + other.clientX) / 2,
        clientY: (event.clientY + other.clientY) / 2,
      });
      if (was && is) zoom(was / is, middle.x, middle.y);
    } else if (event.pointerType === "mouse" || view.w < whole.w) {
      const { scale } = at(event);
      move((before.clientX - event.clientX) * scale, (before.clientY - event.clientY) * scale);
    }
  });
  svg.addEventListener("pointerup", (event) => {
    if (down.size === 1 && dragged < 5) {
      const place = nearest(at(event));
      held = place >= 0;
      pick(place);
    }
    down.delete(event.pointerId);
  });
  svg.addEventListener("pointercancel", (event) => down.delete(event.pointerId));
  svg.addEventListener("pointerleave", () => {
    if (!held) pick(-1);
  });
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const point = at(event);
    zoom(Math.exp(event.deltaY * 0.01), point.x, point.y);
  }, { passive: false });

  // Keyboard and buttons

  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const all = () => {
    view = { ...whole };
    show();
  };
  svg.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = steps[event.key];
    if (step) move((step[0] * view.w) / 10, (step[1] * view.h) / 10);
    else if (event.key === "+" || event.key === "=") zoom(0.8);
    else if (event.key === "-") zoom(1.25);
    else if (event.key === "0") all();
    else if (event.key === "Escape") {
      held = false;
      pick(-1);
      return;
    } else return;
    event.preventDefault();
  });
  byId("map-tools").addEventListener("click", (event) => {
    const way = event.target.dataset.zoom;
    if (way === "in") zoom(0.7);
    else if (way === "out") zoom(1.4);
    else if (way === "all") all();
  });

  // Search

  const results = byId("map-results");
  const search = byId("map-search");
  search.addEventListener("input", () => {
    const wanted = search.value.trim().toLowerCase();
    results.replaceChildren();
    results.hidden = !wanted;
    if (!wanted) return;
    let count = 0;
    for (let place = 0; place < data.x.length && count < 12; place += 1) {
      const { label, path } = nameOf(place);
      if (!path.toLowerCase().includes(wanted)) continue;
      count += 1;
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.place = place;
      const name = document.createElement("bdi");
      name.textContent = label;
      button.append(name);
      item.append(button);
      results.append(item);
    }
    if (!count) {
      const item = document.createElement("li");
      item.textContent = "No note has that in its path.";
      results.append(item);
    }
  });
  results.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) goTo(Number(button.dataset.place));
  });

  byId("map-tools").hidden = false;
  byId("map-tools").addEventListener("submit", (event) => event.preventDefault());
  byId("map-help").hidden = false;
  svg.setAttribute("tabindex", "0");
  svg.setAttribute("aria-describedby", "map-help");
  window.addEventListener("resize", show);
  show();
})();
