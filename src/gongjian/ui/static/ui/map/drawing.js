/* Drawing the extent of a thing in a form: corner after corner, dragged where they are wrong. The text box is what is handed in. */
import { readText, written } from "./corners.js";
import { layGround } from "./ground.js";
import { fetchJson } from "./make.js";

const SAME = 6; /* pixels within which two clicks are one: the second of a double click draws no corner */
const GRIPS = 60; /* corners up to which each can be dragged; an area with more comes from a GIS and is changed there */
const FEWEST = 3;

export async function startDrawing(root) {
  const { shape, lon, lat, outline, tiles } = root.dataset;
  const part = (name) => root.querySelector(`[data-atlas-part="${name}"]`);
  const about = { label: "在图上依次点出范围的各个角，按回车围成；也可以在图下的框里粘贴坐标", doubleClickZoom: false };
  const { map, district } = layGround(part("map"), await fetchJson(outline), JSON.parse(tiles || "{}"), about);
  const drawing = new Drawing(map, document.getElementById(shape), part("said"));
  drawing.begin({ close: part("close"), undo: part("undo"), clear: part("clear") }, district);
  const at = [lat, lon].map((id) => document.getElementById(id).value);
  if (!drawing.corners.length && !drawing.fixed && at.every(Boolean)) map.setView(at.map(Number), 15, { animate: false });
  part("acts").hidden = false;
  root.dispatchEvent(new CustomEvent("atlas:painted", { bubbles: true }));
}

class Drawing {
  constructor(map, box, said) {
    Object.assign(this, { map, box, said, now: { corners: [], closed: false, fixed: null, text: "" }, past: [] });
    this.shown = L.layerGroup().addTo(map);
  }

  get corners() {
    return this.now.corners;
  }

  get closed() {
    return this.now.closed;
  }

  /* an area with holes or several parts: shown, not drawn on */
  get fixed() {
    return this.now.fixed;
  }

  begin(buttons, district) {
    this.buttons = buttons;
    this.read();
    const here = this.bounds();
    this.map.fitBounds(here ? here.pad(0.6) : district, { animate: false, maxZoom: 16 });
    this.map.on("click", ({ latlng }) => this.add(latlng));
    this.map.on("dblclick", () => this.close());
    this.map.getContainer().addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("change", () => this.typed());
    buttons.close.addEventListener("click", () => this.close());
    buttons.undo.addEventListener("click", () => this.undo());
    buttons.clear.addEventListener("click", () => this.change([], false));
  }

  key(event) {
    const acts = { Enter: () => this.close(), Backspace: () => this.undo(), z: () => (event.ctrlKey || event.metaKey) && this.undo() };
    if (!acts[event.key] || event.target !== this.map.getContainer()) return;
    event.preventDefault(); /* an Enter would hand in the form */
    acts[event.key]();
  }

  add(at) {
    const last = this.corners[this.corners.length - 1];
    if (this.closed || this.fixed || (last && this.apart(last, at) < SAME)) return;
    this.change([...this.corners, at], false);
  }

  apart(one, other) {
    return this.map.latLngToContainerPoint(one).distanceTo(this.map.latLngToContainerPoint(other));
  }

  close() {
    if (this.closed || this.fixed) return;
    if (this.corners.length < FEWEST) this.said.textContent = "至少要点三个角才能围成范围。";
    else this.change(this.corners, true);
  }

  undo() {
    if (!this.past.length) return;
    this.now = this.past.pop();
    this.write();
  }

  /* every change can be taken back */
  change(corners, closed) {
    this.past.push(this.now);
    this.now = { corners, closed, fixed: null, text: closed ? written(corners) : "" }; /* half an area is none */
    this.write();
  }

  typed() {
    this.past.push(this.now);
    this.read();
    const here = this.bounds();
    if (here) this.map.fitBounds(here.pad(0.6), { animate: false, maxZoom: 16 });
  }

  read() {
    const found = readText(this.box.value);
    const corners = found?.corners ?? [];
    this.now = { corners, closed: corners.length >= FEWEST, fixed: found?.geometry ?? null, text: this.box.value };
    this.draw();
    if (!found) this.said.textContent = "框里的文字图上画不出来；提交时由系统读取核对，读不懂会说明原因。";
  }

  write() {
    this.box.value = this.now.text;
    this.box.dispatchEvent(new Event("input", { bubbles: true }));
    this.draw();
  }

  bounds() {
    if (this.fixed) return L.geoJSON(this.fixed).getBounds();
    return this.corners.length ? L.latLngBounds(this.corners) : null;
  }

  draw() {
    this.shown.clearLayers();
    const style = { className: "atlas-area atlas-drawn", interactive: false };
    if (this.fixed) this.shown.addLayer(L.geoJSON(this.fixed, { style, interactive: false }));
    else if (this.closed) this.shown.addLayer(L.polygon(this.corners, style));
    else if (this.corners.length > 1) this.shown.addLayer(L.polyline(this.corners, { ...style, className: "atlas-drawn-line" }));
    if (this.corners.length <= GRIPS) this.corners.forEach((at, number) => this.grip(at, number));
    if (this.closed && this.corners.length < GRIPS) this.corners.forEach((at, number) => this.between(at, number));
    this.tell();
  }

  /* a corner to drag; the first closes the area, a further click with the other button takes a corner away */
  grip(at, number) {
    const mark = this.handle(at, "atlas-corner", `第${number + 1}个角`);
    mark.on("dragend", () => this.change(this.put(mark.getLatLng(), number, 1), this.closed));
    mark.on("click", () => number === 0 && this.close());
    mark.on("contextmenu", () => {
      const left = this.corners.filter((_, place) => place !== number);
      this.change(left, this.closed && left.length >= FEWEST);
    });
  }

  /* the middle of a side, dragged out to a further corner */
  between(at, number) {
    const next = this.corners[(number + 1) % this.corners.length];
    const mark = this.handle(L.latLng((at.lat + next.lat) / 2, (at.lng + next.lng) / 2), "atlas-middle", "拖出一个新的角");
    mark.on("dragend", () => this.change(this.put(mark.getLatLng(), number + 1, 0), true));
  }

  /* the corners with another in place of so many from a number on */
  put(at, number, instead) {
    return [...this.corners.slice(0, number), at, ...this.corners.slice(number + instead)];
  }

  handle(at, className, title) {
    const icon = L.divIcon({ className, iconSize: [18, 18] });
    return L.marker(at, { icon, title, draggable: true, keyboard: false }).addTo(this.shown);
  }

  tell() {
    const { close, undo, clear } = this.buttons;
    close.disabled = this.closed || Boolean(this.fixed) || this.corners.length < FEWEST;
    undo.disabled = !this.past.length;
    clear.disabled = !this.corners.length && !this.fixed;
    this.said.textContent = this.words();
  }

  words() {
    if (this.fixed) return "这个范围有几部分或带洞，图上只能看；要改请在框里粘贴新的，或按“重画”。";
    if (this.closed) return `已围成，${this.corners.length} 个角；拖动角可以改，拖动边的中点可以加角。`;
    return this.corners.length ? `已点 ${this.corners.length} 个角，双击、按回车或点回第一个角围成。` : "";
  }
}
