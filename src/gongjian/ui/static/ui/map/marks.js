/* How a place looks: the kind by colour and the sign written on it, the status by form and filled or pale. Never by colour alone. */
import { brief, draw, figure } from "./make.js";

const FORMS = {
  circle: ["circle", { r: 11 }],
  square: ["rect", { x: -10, y: -10, width: 20, height: 20, rx: 2 }],
  diamond: ["path", { d: "M0-13.5 13.5 0 0 13.5-13.5 0Z" }],
  triangle: ["path", { d: "M0-13.5 14 10.5H-14Z" }],
  hexagon: ["path", { d: "M-6.5-11.3H6.5L13 0 6.5 11.3H-6.5L-13 0Z" }],
};

/* an SVG of 28 by 28 pixels; without a kind the form alone, for the legend of statuses */
export function drawMark(kind, status) {
  const [tag, about] = FORMS[status?.shape] || FORMS.circle;
  const tone = `${kind ? ` kind-${kind.colour}` : ""}${status?.pale ? " is-pale" : ""}`;
  const low = status?.shape === "triangle" ? 3.5 : 0.5;
  const sign = kind ? draw("text", { y: low, "text-anchor": "middle", "dominant-baseline": "central" }, kind.symbol) : null;
  return draw("svg", { class: `atlas-mark${tone}`, viewBox: "-15 -15 30 30", "aria-hidden": "true" }, draw(tag, about), sign);
}

export const sizeOf = (count) => 34 + 5 * Math.min(4, Math.floor(Math.log10(count)));

/* a ring with a number; in one kind's colour where all are of that kind; an amber pennant counts what wants attention */
export function drawCluster(count, kind, attention) {
  const half = sizeOf(count) / 2;
  const all = { class: `atlas-cluster${kind ? ` kind-${kind.colour}` : ""}`, viewBox: `${-half} ${-half} ${2 * half} ${2 * half}`, "aria-hidden": "true" };
  const number = draw("text", { y: attention ? -3.5 : 0.5, "text-anchor": "middle", "dominant-baseline": "central" }, brief(count));
  const warning = attention
    ? draw("text", { y: 7.5, class: "atlas-warning", "text-anchor": "middle", "dominant-baseline": "central" }, `▲${brief(attention)}`)
    : null;
  return draw("svg", all, draw("circle", { r: half - 2 }), number, warning);
}

export const sayPlace = (place) => `${place.name}，${place.kind.title}，${place.status.title}`;
export const sayCluster = (count, kind, attention) =>
  `${figure(count)} 处${kind ? kind.title : ""}${attention ? `，其中 ${figure(attention)} 处需要关注` : ""}`;
