// The figure of a review: a cursor that the table follows, findings that point, edges that move.

const SVG = "http://www.w3.org/2000/svg";

export const clock = (seconds) => {
  const whole = Math.round(Math.abs(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, "0");
  const text = hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
  return seconds <= -0.5 ? `−${text}` : text;
};

const element = (name, attributes, parent) => {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent?.append(made);
  return made;
};

const isStill = matchMedia("(prefers-reduced-motion: reduce)");

const span = (row) => row.dataset.span.split(",").map(Number);

class Drawing {
  constructor(svg) {
    [this.left, this.right, this.from, this.to, this.top, this.bottom] = svg.dataset.frame
      .split(",")
      .map(Number);
    this.svg = svg;
  }

  x(seconds) {
    return this.left + ((seconds - this.from) / (this.to - this.from)) * (this.right - this.left);
  }

  seconds(x) {
    return this.from + ((x - this.left) / (this.right - this.left)) * (this.to - this.from);
  }

  place(event) {
    const matrix = this.svg.getScreenCTM();
    return matrix && new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse()).x;
  }
}

// `hand` is told what a hand does to an edge; without one, no edge moves. Gives what puts the edges back.
export function liven(made, hand, focused) {
  const figure = made.querySelector("figure[data-run]");
  if (!figure) return () => {};
  const placing = made.querySelector(".placing");
  if (placing) figure.after(placing); // where the hand is already
  const rows = [...made.querySelectorAll("table.blocks tbody tr[data-span]")];
  const linked = [...made.querySelectorAll("tr[data-span]")];
  const points = figure.dataset.run.split(";").map((point) => point.split(",").map(Number));
  const plates = [];
  for (const svg of figure.querySelectorAll("svg.fig")) {
    const drawing = new Drawing(svg);
    const mark = element("rect", { class: "pointed", y: drawing.top, height: drawing.bottom - drawing.top });
    svg.prepend(mark);
    followCursor(drawing, figure, points, linked);
    pointFrom(made, drawing, mark);
    if (hand) plates.push(addHandles(drawing, plateOver(svg), rows, hand, focused));
  }
  return () => {
    for (const back of plates) back();
  };
}

// ---- the cursor ------------------------------------------------------------------------------

function followCursor(drawing, figure, points, rows) {
  const { svg, left, right, top, bottom } = drawing;
  const output = figure.querySelector("output");
  const line = element("path", { class: "cursor" }, svg);
  const metres = Number(figure.dataset.metres);
  const leave = () => {
    line.removeAttribute("d");
    output.textContent = "";
    for (const row of rows) row.classList.remove("here");
  };
  svg.addEventListener("pointermove", (event) => {
    const x = drawing.place(event);
    if (x === null || x < left || x > right) return leave();
    const at = drawing.seconds(x);
    let nearest = points[0];
    for (const point of points) {
      if (Math.abs(point[0] - at) < Math.abs(nearest[0] - at)) nearest = point;
    }
    const pace = nearest[1] > 0 ? `${clock(metres / nearest[1])} /${figure.dataset.unit}` : "–";
    line.setAttribute("d", `M${x.toFixed(1)} ${top}V${bottom}`);
    const heart = nearest[2] > 0 ? `  ·  ${nearest[2]} bpm` : "";
    output.textContent = `${clock(nearest[0])}  ·  ${pace}${heart}`;
    for (const row of rows) {
      const [start, end] = span(row);
      row.classList.toggle("here", start <= at && at < end);
    }
  });
  svg.addEventListener("pointerleave", leave);
}

// ---- rows and findings point at their place --------------------------------------------------

function pointFrom(made, drawing, mark) {
  const show = (start, end) => {
    const a = Math.max(drawing.x(start), drawing.left);
    const b = Math.min(drawing.x(end), drawing.right);
    mark.setAttribute("x", a);
    mark.setAttribute("width", Math.max(b - a, 3));
    mark.classList.add("shown");
  };
  const hide = () => mark.classList.remove("shown");
  for (const each of made.querySelectorAll("tr[data-span], li[data-span], li[data-at]")) {
    const at = Number(each.dataset.at);
    const [start, end] = each.dataset.at ? [at - 10, at + 10] : span(each);
    each.tabIndex = each.tagName === "LI" ? 0 : -1;
    each.addEventListener("pointerenter", () => show(start, end));
    each.addEventListener("pointerleave", hide);
    each.addEventListener("focusin", () => show(start, end));
    each.addEventListener("focusout", hide);
    if (each.tagName !== "LI") continue;
    each.addEventListener("click", () => {
      show(start, end);
      drawing.svg.closest("figure").scrollIntoView({ block: "nearest", behavior: isStill.matches ? "auto" : "smooth" });
    });
  }
}

// ---- edges that move -------------------------------------------------------------------------

const STEPS = { ArrowLeft: -5, ArrowRight: 5, ArrowDown: -5, ArrowUp: 5, PageDown: -60, PageUp: 60 };
const WAIT_MS = 250;

function plateOver(svg) {
  // A drawing is one picture to a screen reader; what can be moved lies on a plate above it.
  const holder = document.createElement("div");
  holder.className = "holder";
  svg.replaceWith(holder);
  const plate = element("svg", {
    class: `${svg.getAttribute("class")} plate`,
    viewBox: svg.getAttribute("viewBox"),
    role: "group",
    "aria-label": "Edges of the blocks",
  });
  holder.append(svg, plate);
  return plate;
}

function addHandles(drawing, plate, rows, hand, focused) {
  const handles = rows.map((row) => {
    const block = Number(row.querySelector("th b").textContent);
    return handle(drawing, plate, block, span(row)[0]);
  });
  let waiting = 0;
  const shift = (by) => {
    for (const each of handles) each.put(each.home + by);
  };
  for (const each of handles) {
    let from = null;
    let before = 0; // moved already, and not answered yet
    const { group } = each;
    const take = () => {
      clearTimeout(waiting);
      hand.take();
    };
    const letGo = () => {
      const by = each.at - each.home;
      if (by) hand.move(each.block, each.at, by);
    };
    group.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      event.preventDefault();
      group.focus({ preventScroll: true });
      group.setPointerCapture(event.pointerId);
      take();
      from = drawing.place(event);
      before = each.at - each.home;
      plate.classList.add("moving");
    });
    // Chromium keeps no touch-action of a shape in a drawing: a finger would scroll the page.
    group.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
    group.addEventListener("pointermove", (event) => {
      if (from === null) return;
      event.stopPropagation();
      const moved = drawing.seconds(drawing.place(event)) - drawing.seconds(from);
      shift(before + Math.round(moved));
    });
    const end = (event) => {
      if (from === null) return;
      from = null;
      plate.classList.remove("moving");
      if (event.type === "pointercancel") return shift(0);
      letGo();
    };
    group.addEventListener("pointerup", end);
    group.addEventListener("pointercancel", end);
    group.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        take();
        return shift(0);
      }
      const step = STEPS[event.key];
      if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      take();
      shift(each.at - each.home + (event.shiftKey ? 12 * step : step));
      waiting = setTimeout(letGo, WAIT_MS);
    });
    if (each.block === focused && drawing.svg.getClientRects().length) {
      group.focus({ preventScroll: true });
    }
  }
  return () => shift(0);
}

function handle(drawing, plate, block, home) {
  const group = element("g", { class: "handle", tabindex: 0, role: "slider" }, plate);
  const height = drawing.bottom - drawing.top;
  element("rect", { class: "reach", x: -14, y: drawing.top, width: 28, height: height + 14 }, group);
  element("path", { class: "edge", d: `M0 ${drawing.top}V${drawing.bottom}` }, group);
  element("rect", { class: "grip", x: -5, y: drawing.bottom - 18, width: 10, height: 18, rx: 3 }, group);
  const label = element("text", { y: drawing.top + 12, x: 8 }, group);
  group.setAttribute("aria-label", `Start of block ${block}`);
  group.setAttribute("aria-valuemin", Math.floor(drawing.from));
  group.setAttribute("aria-valuemax", Math.ceil(drawing.to));
  const made = {
    group,
    block,
    home,
    at: home,
    put(at) {
      made.at = at;
      group.setAttribute("transform", `translate(${drawing.x(at).toFixed(1)} 0)`);
      group.setAttribute("aria-valuenow", Math.round(at));
      group.setAttribute("aria-valuetext", clock(at));
      label.textContent = clock(at);
    },
  };
  made.put(home);
  return made;
}
