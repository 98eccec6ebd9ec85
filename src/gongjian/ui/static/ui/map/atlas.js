/* 一张图: puts ground, layers, panel and card together. Says `atlas:painted` on its own element when the places are on the screen. */
import { readAddress, writeAddress } from "./address.js";
import { Card } from "./card.js";
import { layGround } from "./ground.js";
import { Layers } from "./layers.js";
import { fetchJson, isCalm, isNarrow } from "./make.js";
import { Panel } from "./panel.js";
import { Places } from "./places.js";
import { keepForPaper } from "./paper.js";

const CLOSE = 16; /* zoom at which one place is looked at */

export async function startAtlas(root) {
  const part = (name) => root.querySelector(`[data-atlas-part="${name}"]`);
  const { source, outline, tiles, entry } = root.dataset;
  part("panel").open = !isNarrow();
  root.dataset.started = "";
  part("said").textContent = "正在取地图数据……";
  part("live").setAttribute("aria-busy", "true");
  let told;
  try {
    told = await Promise.all([fetchJson(source), fetchJson(outline)]);
  } catch (error) {
    fail(root, part("said"), error);
    return;
  }
  new Atlas(root, part, new Places(told[0]), told[1], JSON.parse(tiles || "{}"), entry).begin();
}

function fail(root, said, error) {
  console.warn(error);
  root.querySelector('[data-atlas-part="live"]').setAttribute("aria-busy", "false");
  said.textContent = "地图数据没有取到，请检查网络后重试；台账列表不受影响。";
  const again = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-small", textContent: "重试" });
  again.addEventListener("click", () => startAtlas(root));
  said.append(again);
}

class Atlas {
  constructor(root, part, places, outline, tiles, entry) {
    Object.assign(this, { root, part, places });
    this.state = readAddress(places);
    const { map, district } = layGround(part("map"), outline, tiles);
    Object.assign(this, { map, district });
    this.layers = new Layers(map, places, { onPlace: (place) => this.open(place), onMany: (numbers) => this.listMany(numbers) });
    this.panel = new Panel(root, places, this.state, { onChoose: () => this.choose(), onPlace: (place, from) => this.goTo(place, from) });
    this.card = new Card(part("card"), entry, () => this.open(null));
  }

  begin() {
    const { at, place } = this.state;
    if (at) this.map.setView([at.lat, at.lon], at.zoom);
    else this.map.fitBounds(this.district, { animate: false });
    this.choose();
    this.listen();
    const asked = place === null ? -1 : this.places.numberOf(place);
    if (asked >= 0) this.goTo(this.places.at(asked));
    this.map.on("moveend", () => this.remember());
    keepForPaper(this.root, this.map);
    requestAnimationFrame(() => requestAnimationFrame(() => this.painted())); /* the frame after the one that shows the marks */
  }

  painted() {
    this.part("live").setAttribute("aria-busy", "false");
    this.root.dispatchEvent(new CustomEvent("atlas:painted", { bubbles: true }));
  }

  listen() {
    const box = this.part("words");
    box.addEventListener("input", () => this.find(box.value));
    this.part("search").addEventListener("submit", (event) => {
      event.preventDefault();
      this.part("found").querySelector("button")?.click();
    });
    this.part("in-view").addEventListener("click", () => this.listMany(this.inView(), "当前范围"));
    this.part("whole").addEventListener("click", () => this.map.fitBounds(this.district, { animate: !isCalm() }));
  }

  /* what is chosen has changed */
  choose() {
    this.shown = this.places.chosen(this.state);
    this.layers.show(this.shown);
    this.panel.tell(this.shown.length);
    this.find(this.part("words").value);
    if (this.here && !this.shown.includes(this.here.number)) this.card.close();
    if (this.began) this.remember();
    this.began = true; /* an address nobody has touched stays as it was sent */
  }

  find(words) {
    this.panel.list(words.trim() ? this.places.find(words, this.shown) : null, "找到");
  }

  inView() {
    const bounds = this.map.getBounds();
    return this.shown.filter((number) => {
      const { lat, lon } = this.places.at(number);
      return bounds.contains([lat, lon]);
    });
  }

  listMany(numbers, title = "此处") {
    this.part("panel").open = true;
    this.panel.list(numbers, title);
    this.part("found").querySelector("button")?.focus();
  }

  goTo(place, from) {
    if (isNarrow()) this.part("panel").open = false;
    if (place.area) this.map.fitBounds(L.geoJSON(place.area).getBounds().pad(0.6), { animate: !isCalm(), maxZoom: CLOSE });
    else this.map.setView([place.lat, place.lon], Math.max(CLOSE, this.map.getZoom()), { animate: !isCalm() });
    this.open(place, from);
  }

  open(place, from) {
    this.here = place;
    this.layers.point(place);
    if (place) this.card.open(place, from);
    this.remember();
  }

  remember() {
    writeAddress(this.places, this.state, this.map, this.here);
  }
}
