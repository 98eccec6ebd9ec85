/* Elements by name, without markup in strings: what a name contains is never read as HTML. */
export function make(tag, about = {}, ...inside) {
  return fill(document.createElement(tag), about, inside);
}

export function draw(tag, about = {}, ...inside) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), about, inside);
}

function fill(node, about, inside) {
  for (const [name, value] of Object.entries(about)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...inside.filter((part) => part !== null && part !== undefined && part !== ""));
  return node;
}

export const figure = (n) => n.toLocaleString("en-US"); /* thousands separated by commas, as everywhere here */

/* how many, in the few signs a cluster has room for */
export const brief = (n) => (n < 10000 ? figure(n) : `${(n / 10000).toFixed(1)}万`);

export async function fetchJson(url) {
  const answer = await fetch(url, { credentials: "same-origin", headers: { Accept: "application/json" } });
  if (answer.redirected || !answer.ok) throw new Error(`${answer.status} ${url}`);
  return answer.json();
}

export const isCalm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
export const isNarrow = () => window.matchMedia("(max-width: 767px)").matches;
