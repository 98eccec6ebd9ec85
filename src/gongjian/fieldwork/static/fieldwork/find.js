/* The form of a found problem becomes a draft in the phone, and only then is sent: so it is the same with a network and without. */
import { newKey, withZone } from "./device.js";
import { askForSync, outboxPage, user } from "./frame.js";
import { NoPhoto, prepare } from "./photos.js";
import { canLocate, locate } from "./place.js";
import { change, draftCalled, forget, isFull, keep, recall, remember } from "./store.js";

const SAID = ["sort", "words", "address", "street", "origin", "entry", "lon", "lat", "accuracy"];
const STALE = 12 * 3_600_000; /* milliseconds after which what was begun is not offered any more */

export async function startFind(form) {
  const find = new Find(form);
  await find.begin();
}

class Find {
  constructor(form) {
    Object.assign(this, { form, shots: [], place: null, draft: null, asked: new URLSearchParams(location.search) });
    this.kinds = JSON.parse(form.dataset.kinds);
    this.part = (name) => document.querySelector(`[data-${name}]`);
  }

  async begin() {
    const { form } = this;
    form.noValidate = true; /* our own sentences stand at the button, where the thumb is */
    this.takeThing();
    if (this.asked.get("draft")) await this.takeDraft(await draftCalled(this.asked.get("draft")));
    else await this.offerBegun();
    this.narrow();
    form.elements.photos.addEventListener("change", () => this.addPhotos());
    form.elements.sort.addEventListener("change", () => this.showMeasured());
    form.addEventListener("change", () => this.keepBegun());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.startLocating();
  }

  /* which thing it is about: the page says so, or, where the phone kept only the empty form, the address */
  takeThing() {
    const { entry, sort } = this.form.elements;
    if (!entry.value && /^\d+$/.test(this.asked.get("entry") || "")) {
      entry.value = this.asked.get("entry");
      this.part("thing").textContent = this.asked.get("name") || "";
      this.ledger = this.asked.get("ledger") || "";
    }
    if (!sort.value && this.asked.get("sort")) sort.value = this.asked.get("sort");
  }

  /* only the kinds a thing of this ledger can have */
  narrow() {
    const { sort, entry } = this.form.elements;
    const ledger = this.asked.get("ledger") || this.ledger || "";
    for (const group of sort.querySelectorAll("optgroup")) {
      const { ledgers } = this.kinds[group.querySelector("option").value.split(":")[0]];
      group.disabled = group.hidden = ledgers.length > 0 && !(entry.value && (!ledger || ledgers.includes(ledger)));
    }
    if (sort.selectedOptions[0]?.closest("optgroup")?.disabled) sort.value = "";
    this.showMeasured();
  }

  get kind() {
    return this.form.elements.sort.value.split(":")[0];
  }

  showMeasured() {
    for (const box of document.querySelectorAll("[data-measured]")) box.hidden = box.dataset.measured !== this.kind;
  }

  async addPhotos() {
    const box = this.form.elements.photos;
    const most = Number(this.form.dataset.most);
    const files = [...box.files];
    box.value = "";
    this.wrong("");
    for (const file of files) {
      if (this.shots.length >= most) {
        this.wrong(`最多 ${most} 张照片，多出的没有加入。`);
        break;
      }
      this.say("正在处理照片……");
      try {
        this.shots.push(await prepare(file, this.place));
      } catch (error) {
        this.wrong(error instanceof NoPhoto ? error.message : "这张照片没有处理成，请重拍。");
      }
      this.showShots();
    }
    this.sayPlace();
    await this.keepBegun();
  }

  showShots() {
    this.part("shots").replaceChildren(
      ...this.shots.map((shot, place) => {
        const picture = Object.assign(document.createElement("img"), { src: shot.thumb, alt: `照片 ${place + 1}` });
        const button = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: `删去照片 ${place + 1}` });
        button.addEventListener("click", () => {
          this.shots.splice(place, 1);
          this.showShots();
          this.keepBegun();
        });
        const item = document.createElement("li");
        item.append(picture, button);
        return item;
      }),
    );
  }

  startLocating() {
    const button = this.part("locate");
    button.hidden = !canLocate();
    button.addEventListener("click", () => this.find());
    if (!this.place) this.find();
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
      if (!this.form.elements.entry.value) this.part("more").open = true;
    }
  }

  say(words) {
    this.part("place").textContent = words;
  }

  sayPlace() {
    this.say(this.place ? `地点：已定位，误差约 ${this.place.accuracy} 米。` : "地点：没有定位，请填写地点说明。");
  }

  wrong(words) {
    const node = this.part("wrong");
    node.textContent = words;
    node.hidden = !words;
  }

  said() {
    const { elements } = this.form;
    const measured = [...document.querySelectorAll(`[data-measured="${CSS.escape(this.kind)}"] input`)].map((box) => [box.name, box.value]);
    return Object.fromEntries([...SAID.filter((name) => elements[name]).map((name) => [name, elements[name].value.trim()]), ...measured]);
  }

  /* what the server would refuse is said while one still stands there */
  missing(said) {
    if (!said.sort) return "请选择类型与程度。";
    if (!said.words) return "请写看到了什么。";
    const photos = this.kinds[this.kind].photos;
    if (this.shots.length < photos) return `这一类至少要 ${photos} 张照片。`;
    if (!said.entry && !said.address && !said.lon) return "没有定位，请填写地点说明。";
    return "";
  }

  async submit() {
    const said = this.said();
    const missing = this.missing(said);
    this.wrong(missing);
    if (missing || this.busy) return;
    this.busy = true; /* a second tap comes before the page has gone */
    this.part("submit").disabled = true;
    try {
      await this.keepDraft(said);
      await forget("begun").catch(() => {});
      await askForSync().catch(() => {});
      if (navigator.onLine || navigator.serviceWorker?.controller) location.assign(outboxPage);
      else this.say("草稿已存在这部手机里，联网后打开“待发送”，会自动发送。");
    } catch (error) {
      this.wrong(isFull(error) ? "手机空间不够，这份草稿没有存下：请先把待发送的发完或删去几张照片，再按一次。" : "草稿没有存下，请再按一次；写的内容还在这里。");
      this.busy = false;
      this.part("submit").disabled = false;
    }
  }

  async keepDraft(said) {
    const { draft, shots } = this;
    const what = { said, shots, state: "waiting", sentence: "", thing: this.part("thing").textContent.trim(), tries: 0 };
    if (!draft) {
      const ahead = (await recall("ahead")) || 0;
      navigator.storage?.persist?.().catch(() => {});
      await keep({ key: newKey(), user, version: 1, madeAt: Date.now(), writtenAt: withZone(new Date()), ahead, ...what });
      return;
    }
    let isGone = false;
    await change(draft.key, (now) => {
      isGone = now.state === "arrived";
      return isGone ? null : { ...now, ...what, version: now.version + 1 };
    });
    if (isGone) location.assign(outboxPage);
  }

  async takeDraft(draft) {
    if (!draft || draft.user !== user || draft.state === "arrived") {
      location.replace(outboxPage);
      return;
    }
    this.draft = draft;
    this.fill(draft.said, draft.shots, draft.thing);
    this.part("submit").textContent = "保存并发送";
  }

  fill(said, shots, thing) {
    for (const [name, value] of Object.entries(said)) if (this.form.elements[name]) this.form.elements[name].value = value;
    if (said.lon && said.lat) this.place = { lon: Number(said.lon), lat: Number(said.lat), accuracy: Math.round(Number(said.accuracy)) };
    this.part("thing").textContent = thing || "";
    this.shots = [...shots];
    this.showShots();
    this.showMeasured();
    if (this.place) this.sayPlace();
  }

  /* a camera may cost a small phone the page behind it: what was begun is in the store, and offered when one comes back */
  async keepBegun() {
    if (this.draft) return;
    const thing = this.part("thing").textContent.trim();
    await remember("begun", { user, at: Date.now(), said: this.said(), shots: this.shots, thing }).catch(() => {});
  }

  async offerBegun() {
    const begun = await recall("begun").catch(() => null);
    if (!begun || begun.user !== user || Date.now() - begun.at > STALE || !(begun.said.words || begun.shots.length)) return;
    if (begun.said.entry !== this.form.elements.entry.value) return;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: "接着写没写完的那一份" });
    button.addEventListener("click", () => {
      this.fill(begun.said, begun.shots, begun.thing);
      button.remove();
    });
    this.form.prepend(button);
  }
}
