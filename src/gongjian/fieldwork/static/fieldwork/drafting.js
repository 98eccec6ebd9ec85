/* A form becomes a draft in the phone, and only then is sent: so it is the same with a network and without. */
import { newKey, withZone } from "./device.js";
import { askForSync, outboxPage, user } from "./frame.js";
import { NoPhoto, prepare } from "./photos.js";
import { canLocate, locate } from "./place.js";
import { change, draftCalled, forget, isFull, keep, recall, remember } from "./store.js";

const OURS = new Set(["csrfmiddlewaretoken", "key", "written_at", "ahead", "facts", "finish"]); /* put together anew for every draft */
const STALE = 12 * 3_600_000; /* milliseconds after which what was begun is not offered any more */
const make = (tag, about) => Object.assign(document.createElement(tag), about);

export const part = (name) => document.querySelector(`[data-${name}]`);

export class Drafting {
  constructor(form, kind) {
    Object.assign(this, { form, kind, shots: [], place: null, draft: null, asked: new URLSearchParams(location.search) });
    this.most = Number(form.dataset.most);
    this.begun = `begun:${kind}`;
  }

  /* for those below: what belongs to the form itself; what is missing, as a sentence; what the draft is about */
  setUp() {}
  missing() {
    return "";
  }
  get thing() {
    return "";
  }

  async begin() {
    this.form.noValidate = true; /* our own sentences stand at the button, where the thumb is */
    for (const box of this.form.querySelectorAll("input[type=file]")) this.layShots(box);
    this.setUp();
    if (this.asked.get("draft")) await this.takeDraft(await draftCalled(this.asked.get("draft")));
    else await this.offerBegun();
    this.form.addEventListener("change", (event) => event.target.type !== "file" && this.keepBegun());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit(event.submitter?.name === "finish");
    });
    const button = part("locate");
    button.hidden = !canLocate();
    button.addEventListener("click", () => this.find());
    if (!this.place) this.find();
  }

  layShots(box) {
    const list = make("ul", { className: "field-shots" });
    const button = make("label", { className: "btn btn-primary field-camera", htmlFor: box.id, textContent: "拍照" });
    button.prepend(make("i", { className: "ti ti-camera" }));
    button.firstChild.setAttribute("aria-hidden", "true");
    box.classList.add("visually-hidden");
    box.after(button);
    box.closest(".field").append(list);
    box.shots = list;
    box.addEventListener("change", () => this.addPhotos(box));
  }

  async addPhotos(box) {
    const files = [...box.files];
    box.value = "";
    this.wrong("");
    for (const file of files) {
      if (this.shots.length >= this.most) {
        this.wrong(`一份最多 ${this.most} 张照片，多出的没有加入。`);
        break;
      }
      this.say("正在处理照片……");
      try {
        this.shots.push({ box: box.name, ...(await prepare(file, this.place)) });
      } catch (error) {
        this.wrong(error instanceof NoPhoto ? error.message : "这张照片没有处理成，请重拍。");
      }
      this.showShots();
    }
    this.sayPlace();
    await this.keepBegun();
  }

  showShots() {
    for (const box of this.form.querySelectorAll("input[type=file]")) {
      const own = this.shots.filter((shot) => shot.box === box.name);
      box.shots.replaceChildren(...own.map((shot, place) => this.picture(shot, place + 1)));
    }
  }

  picture(shot, number) {
    const button = make("button", { type: "button", className: "btn", textContent: `删去照片 ${number}` });
    button.addEventListener("click", () => {
      this.shots = this.shots.filter((one) => one !== shot);
      this.showShots();
      this.keepBegun();
    });
    const item = make("li", {});
    item.append(make("img", { src: shot.thumb, alt: `照片 ${number}` }), button);
    return item;
  }

  async find() {
    this.say("正在定位……");
    try {
      this.place = await locate();
      const { lon, lat, accuracy } = this.form.elements;
      [lon.value, lat.value, accuracy.value] = [this.place.lon.toFixed(6), this.place.lat.toFixed(6), this.place.accuracy];
      this.sayPlace();
    } catch (error) {
      this.say(error.message);
      this.placeless?.();
    }
  }

  say(words) {
    part("place").textContent = words;
  }

  sayPlace() {
    this.say(this.place ? `地点：已定位，误差约 ${this.place.accuracy} 米。` : "地点：没有定位。");
  }

  wrong(words) {
    const node = part("wrong");
    node.textContent = words;
    node.hidden = !words;
  }

  /* every box by name; of a row of choices the chosen one */
  said() {
    const boxes = [...this.form.elements].filter((box) => box.name && box.type !== "file" && box.type !== "submit" && !OURS.has(box.name));
    const chosen = boxes.filter((box) => !["radio", "checkbox"].includes(box.type) || box.checked);
    return Object.fromEntries(chosen.map((box) => [box.name, box.value.trim()]));
  }

  async submit(finish) {
    const said = { ...this.said(), ...(finish && { finish: "1" }) };
    const missing = this.missing(said);
    this.wrong(missing);
    if (missing || this.busy) return;
    this.lock(true); /* a second tap comes before the page has gone */
    try {
      await this.keepDraft(said);
      await forget(this.begun).catch(() => {});
      askForSync().catch(() => {});
      if (navigator.onLine || navigator.serviceWorker?.controller) location.assign(outboxPage);
      else this.say("草稿已存在这部手机里，联网后打开“待发送”，会自动发送。");
    } catch (error) {
      this.wrong(isFull(error) ? "手机空间不够，这份草稿没有存下：请先把待发送的发完或删去几张照片，再按一次。" : "草稿没有存下，请再按一次；写的内容还在这里。");
      this.lock(false);
    }
  }

  lock(yes) {
    this.busy = yes;
    for (const button of this.form.querySelectorAll("[data-submit]")) button.disabled = yes;
  }

  async keepDraft(said) {
    const { draft, shots, kind, thing } = this;
    const what = { said, shots, kind, thing, state: "waiting", sentence: "", tries: 0, title: this.titleOf(said), page: location.pathname };
    if (!draft) {
      const ahead = (await recall("ahead")) || 0;
      navigator.storage?.persist?.().catch(() => {});
      await keep({ key: newKey(), user, version: 1, madeAt: Date.now(), writtenAt: withZone(new Date()), ahead, ...what });
      return;
    }
    await change(draft.key, (now) => (now.state === "arrived" ? null : { ...now, ...what, version: now.version + 1 }));
  }

  async takeDraft(draft) {
    if (!draft || draft.user !== user || draft.state === "arrived") {
      location.replace(outboxPage);
      return;
    }
    this.draft = draft;
    this.fill(draft.said, draft.shots, draft.thing);
  }

  fill(said, shots) {
    for (const [name, value] of Object.entries(said)) if (this.form.elements[name]) this.form.elements[name].value = value;
    if (said.lon && said.lat) this.place = { lon: Number(said.lon), lat: Number(said.lat), accuracy: Math.round(Number(said.accuracy)) };
    this.shots = [...shots];
    this.showShots();
    if (this.place) this.sayPlace();
  }

  /* a camera may cost a small phone the page behind it: what was begun is in the store, and offered when one comes back */
  async keepBegun() {
    if (this.draft) return;
    await remember(this.begun, { user, at: Date.now(), said: this.said(), shots: this.shots, thing: this.thing }).catch(() => {});
  }

  async offerBegun() {
    const begun = await recall(this.begun).catch(() => null);
    if (!begun || begun.user !== user || Date.now() - begun.at > STALE || !this.isWorth(begun)) return;
    const button = make("button", { type: "button", className: "btn", textContent: "接着写没写完的那一份" });
    button.addEventListener("click", () => {
      this.fill(begun.said, begun.shots, begun.thing);
      button.remove();
    });
    this.form.prepend(button);
  }
}
