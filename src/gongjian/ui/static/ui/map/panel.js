/* The panel beside the map: the layers with their numbers (the legend as well), what was found, and in a few words what is shown. */
import { figure, make } from "./make.js";
import { drawMark } from "./marks.js";

const MOST = 50; /* lines of a list: whoever has more writes more words */

export class Panel {
  constructor(root, places, state, { onChoose, onPlace }) {
    Object.assign(this, { root, places, state, onPlace });
    const part = (name) => root.querySelector(`[data-atlas-part="${name}"]`);
    Object.assign(this, { said: part("said"), results: part("results"), found: part("found") });
    this.kindRows = rows(part("kinds"), places.kinds, state.kinds, (kind) => drawMark(kind, null), onChoose);
    this.statusRows = rows(part("statuses"), places.statuses, state.statuses, (status) => drawMark(null, status), onChoose);
  }

  /* the numbers behind the names, and the sentence above the map */
  tell(shown) {
    const { byKind, byStatus } = this.places.counts(this.state);
    this.kindRows.forEach((row, place) => (row.querySelector(".n").textContent = figure(byKind[place])));
    this.statusRows.forEach((row, place) => (row.querySelector(".n").textContent = figure(byStatus[place])));
    this.said.replaceChildren(...this.sentence(shown));
  }

  sentence(shown) {
    const left = this.left();
    if (!this.places.size) return ["还没有带位置的台账", ...left, "。登记位置后会出现在这里。"];
    if (!shown) return ["没有符合所选图层的条目，请多选几类或几种状态。"];
    const all = shown === this.places.size ? `共 ${figure(shown)} 处` : `图上 ${figure(shown)} 处，共 ${figure(this.places.size)} 处`;
    return [all, ...left, "。"];
  }

  /* what meets the filter but cannot be drawn, with the way to it where the page knows one */
  left() {
    if (!this.places.unplaced) return [];
    const words = `${figure(this.places.unplaced)} 项没有位置`;
    const { missing } = this.root.dataset;
    return ["；另有 ", missing ? make("a", { href: missing }, words) : words, "，不在图上"];
  }

  /* a list of places to choose from; `null` takes it away */
  list(numbers, title) {
    this.results.hidden = numbers === null;
    if (numbers === null) return;
    const more = numbers.length > MOST ? `，列出前 ${MOST} 处` : "";
    this.found.replaceChildren();
    this.results.querySelector("h2").textContent = numbers.length ? `${title} ${figure(numbers.length)} 处${more}` : `${title} 0 处`;
    if (!numbers.length) this.found.append(make("li", { class: "fine" }, "换个名称或编号，或多选几个图层再找。"));
    for (const number of numbers.slice(0, MOST)) this.found.append(this.line(this.places.at(number)));
  }

  line(place) {
    const about = make("span", { class: "fine" }, [place.kind.title, place.status.title, place.code].filter(Boolean).join(" · "));
    const button = make("button", { type: "button", click: () => this.onPlace(place, button) }, drawMark(place.kind, place.status), make("span", {}, place.name, about));
    return make("li", {}, button);
  }
}

function rows(list, known, chosen, mark, onChoose) {
  const made = known.map((one) => {
    const box = make("input", { type: "checkbox", value: one.slug });
    box.checked = chosen.has(one.slug);
    box.addEventListener("change", () => {
      if (box.checked) chosen.add(one.slug);
      else chosen.delete(one.slug);
      onChoose();
    });
    return make("li", {}, make("label", {}, box, mark(one), make("span", {}, one.title), make("span", { class: "n" })));
  });
  list.replaceChildren(...made);
  return made;
}
