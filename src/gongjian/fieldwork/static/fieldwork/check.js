/* The checklist of a task: answered on the spot, reported when everything is there. */
import { Drafting } from "./drafting.js";

export const startCheck = (form) => new Check(form, `check:${form.elements.task.value}`).begin();

class Check extends Drafting {
  get thing() {
    return this.form.dataset.thing;
  }

  titleOf(said) {
    return `${this.form.dataset.title}${said.finish ? "（完成上报）" : ""}`;
  }

  /* what reporting would be refused for; saving asks for nothing */
  missing(said) {
    if (!said.finish) return "";
    const lacking = JSON.parse(this.form.dataset.needed).find(({ box, kept }) => !kept && !said[box] && !this.shots.some((shot) => shot.box === box));
    return lacking ? `还没有填“${lacking.text}”；先离开的话，请按“先保存”。` : "";
  }

  isWorth(begun) {
    return begun.said.task === this.form.elements.task.value;
  }
}
