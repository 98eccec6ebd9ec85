/* The form of a found problem: which kinds a thing can have, what the kind asks for. */
import { Drafting, part } from "./drafting.js";

export const startFind = (form) => new Find(form, "finding").begin();

class Find extends Drafting {
  setUp() {
    this.kinds = JSON.parse(this.form.dataset.kinds);
    this.takeThing();
    this.narrow();
    this.form.elements.sort.addEventListener("change", () => this.showMeasured());
  }

  get thing() {
    return part("thing").textContent.trim();
  }

  titleOf(said) {
    return said.words;
  }

  /* which thing it is about: the page says so, or, where the phone kept only the empty form, the address */
  takeThing() {
    const { entry, sort } = this.form.elements;
    if (!entry.value && /^\d+$/.test(this.asked.get("entry") || "")) {
      entry.value = this.asked.get("entry");
      part("thing").textContent = this.asked.get("name") || "";
    }
    if (!sort.value && this.asked.get("sort")) sort.value = this.asked.get("sort");
  }

  /* only the kinds a thing of this ledger can have; all that are about things where its ledger is not known */
  narrow() {
    const { sort, entry } = this.form.elements;
    const ledger = this.asked.get("ledger") || "";
    for (const group of sort.querySelectorAll("optgroup")) {
      const { ledgers } = this.kinds[group.querySelector("option").value.split(":")[0]];
      group.disabled = group.hidden = ledgers.length > 0 && !(entry.value && (!ledger || ledgers.includes(ledger)));
    }
    if (sort.selectedOptions[0]?.closest("optgroup")?.disabled) sort.value = "";
    this.showMeasured();
  }

  showMeasured() {
    const kind = this.form.elements.sort.value.split(":")[0];
    for (const box of document.querySelectorAll("[data-measured]")) box.hidden = box.dataset.measured !== kind;
  }

  placeless() {
    if (!this.form.elements.entry.value) part("more").open = true;
  }

  /* what the server would refuse is said while one still stands there */
  missing(said) {
    if (!said.sort) return "请选择类型与程度。";
    if (!said.words) return "请写看到了什么。";
    const { photos } = this.kinds[said.sort.split(":")[0]];
    if (this.shots.length < photos) return `这一类至少要 ${photos} 张照片。`;
    if (!said.entry && !said.address && !said.lon) return "没有定位，请填写地点说明。";
    return "";
  }

  fill(said, shots, thing) {
    super.fill(said, shots);
    part("thing").textContent = thing || "";
    this.narrow();
    if (said.sort) this.form.elements.sort.value = said.sort;
    this.showMeasured();
  }

  isWorth(begun) {
    return (begun.said.words || begun.shots.length) && begun.said.entry === this.form.elements.entry.value;
  }
}
