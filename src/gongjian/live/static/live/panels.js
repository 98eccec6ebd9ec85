/* Curves: the value under the pointer or the arrow keys in words, a span to zoom into by dragging. */
import { draw, figure } from "../ui/map/make.js";

const REST = 20_000; /* milliseconds between two fetches of fresh curves */
const LEAST = 8; /* pixels of a drag that is meant */
const MINUTE = 60;
const CLOCK = 8 * 3600; /* one clock all year */

export function readPanels(root) {
  for (const box of root.querySelectorAll("[data-panel]")) readPanel(box);
}

/* curves of a span that ends now grow when something new has come: the same page is asked for again, and only its curves are taken */
export function growPanels(root) {
  const boxes = root.querySelectorAll("[data-panel]");
  if (!boxes.length || new URL(location.href).searchParams.get("last")) return;
  let next = 0;
  root.addEventListener("live:now", async () => {
    if (Date.now() < next || document.hidden || root.querySelector("[data-panel]:hover")) return;
    next = Date.now() + REST;
    const answer = await fetch(location.href, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelectorAll("[data-panel]");
    const old = root.querySelectorAll("[data-panel]");
    if (fresh.length !== old.length) return;
    old.forEach((box, place) => {
      const grown = document.adoptNode(fresh[place]);
      box.replaceWith(grown);
      readPanel(grown);
    });
  });
}

function readPanel(box) {
  const svg = box.querySelector("svg.panel");
  if (!svg) return;
  const read = box.querySelector("[data-panel-read]");
  const lines = JSON.parse(box.dataset.told).lines.map(({ at, values, ...rest }) => ({ ...rest, at: summed(at), values }));
  const { first, last, left, right } = Object.fromEntries(Object.entries({ ...svg.dataset }).map(([name, value]) => [name, Number(value)]));
  const height = svg.viewBox.baseVal.height;
  const hair = draw("line", { class: "panel-hair", y1: 24, y2: height - 26, visibility: "hidden" });
  const chosen = draw("rect", { class: "panel-chosen", y: 24, height: height - 50, visibility: "hidden" });
  svg.append(chosen, hair);
  let begun = null;

  const unitsAt = (event) => {
    const edge = svg.getBoundingClientRect();
    const x = ((event.clientX - edge.left) / edge.width) * svg.viewBox.baseVal.width;
    return Math.min(Math.max(x, left), right);
  };
  const momentAt = (x) => first + ((x - left) / (right - left)) * (last - first);
  const show = (x) => {
    hair.setAttribute("x1", x);
    hair.setAttribute("x2", x);
    hair.setAttribute("visibility", "visible");
    read.textContent = told(lines, momentAt(x));
  };

  svg.addEventListener("pointermove", (event) => {
    const x = unitsAt(event);
    show(x);
    if (begun === null) return;
    chosen.setAttribute("x", Math.min(begun, x));
    chosen.setAttribute("width", Math.abs(x - begun));
    chosen.setAttribute("visibility", "visible");
  });
  svg.addEventListener("pointerleave", () => hair.setAttribute("visibility", "hidden"));
  svg.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0) return; /* a finger scrolls */
    begun = unitsAt(event);
    svg.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  svg.addEventListener("pointerup", (event) => {
    if (begun === null) return;
    const ends = [begun, unitsAt(event)].sort((a, b) => a - b);
    begun = null;
    chosen.setAttribute("visibility", "hidden");
    if (ends[1] - ends[0] >= LEAST) zoom(momentAt(ends[0]), momentAt(ends[1]));
  });
}

const summed = (steps) => {
  let at = 0;
  return steps.map((step) => (at += step));
};

/* the newest value at or before a moment, where it is not older than what is joined */
function told(lines, moment) {
  const said = lines.map(({ name, unit, step, at, values }) => {
    let low = 0;
    let high = at.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at[middle] < moment) low = middle + 1;
      else high = middle;
    }
    const near = low > 0 && moment - at[low - 1] < at[low] - moment ? low - 1 : low;
    const value = values[near];
    const far = at.length < 2 || Math.abs(at[near] - moment) > Math.max(step, (at[at.length - 1] - at[0]) / 100);
    return far || value === null || value === undefined ? `${name} —` : `${clock(at[near])} ${name} ${figure(value)} ${unit}`;
  });
  return said.join("　");
}

const clock = (moment) => new Date((moment + CLOCK) * 1000).toISOString().slice(0, 16).replace("T", " ");

/* the same page, of the span chosen; the period that suits it unless somebody chose one */
function zoom(first, last) {
  const address = new URL(location.href);
  const parts = [Math.floor(first / MINUTE) * MINUTE, Math.max(Math.ceil(last / MINUTE) * MINUTE, Math.floor(first / MINUTE) * MINUTE + 10 * MINUTE)];
  address.searchParams.delete("span");
  address.searchParams.delete("page");
  address.searchParams.delete("period");
  address.searchParams.set("first", clock(parts[0]).replace(" ", "T"));
  address.searchParams.set("last", clock(parts[1]).replace(" ", "T"));
  address.hash = "curves";
  location.assign(address);
}
