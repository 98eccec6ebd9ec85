/* The small card of one place. It takes the focus when it opens and gives it back when it closes. */
import { make } from "./make.js";
import { drawMark } from "./marks.js";

export class Card {
  constructor(node, entryUrl, onClose) {
    Object.assign(this, { node, entryUrl, onClose, before: null });
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.close();
    });
  }

  open(place, before = document.activeElement) {
    this.before = before;
    const link = this.entryUrl
      ? make("a", { class: "btn btn-small", href: this.entryUrl.replace("{id}", place.id).replace("{kind}", place.kind.slug) }, "打开台账")
      : null;
    const shut = make("button", { type: "button", class: "atlas-shut", "aria-label": "关闭", click: () => this.close() }, "×");
    const facts = [["类别", place.kind.title], ["状态", place.status.title], ["编号", place.code]].filter(([, words]) => words);
    const lines = facts.flatMap(([name, words]) => [make("dt", {}, name), make("dd", {}, words)]);
    const title = make("h2", { tabindex: -1 }, place.name);
    this.node.replaceChildren(make("div", { class: "atlas-card-head" }, drawMark(place.kind, place.status), title, shut), make("dl", { class: "facts" }, ...lines), link ?? "");
    this.node.hidden = false;
    title.focus({ preventScroll: true });
  }

  close() {
    if (this.node.hidden) return;
    this.node.hidden = true;
    this.onClose();
    if (this.before?.isConnected) this.before.focus({ preventScroll: true });
  }
}
