/* Choosing a place in a form: a click, a drag, the two boxes or the phone's own position. The boxes are what is handed in. */
import { startDrawing } from "./drawing.js";
import { layGround } from "./ground.js";
import { draw, fetchJson, isCalm } from "./make.js";

const DIGITS = 6; /* of a degree: a tenth of a metre */
const NEAR = 15; /* zoom at which a place that is known is looked at */
const PIN = "M0 0C-3-7-10-11-10-18A10 10 0 0 1 10-18C10-11 3-7 0 0Z";
const WHY = {
  1: "浏览器没有允许使用位置，请在浏览器设置里允许，或直接在图上点。",
  2: "手机没有定到位，请到开阔处再试，或直接在图上点。",
  3: "定位超时，请再试一次，或直接在图上点。",
};

export async function startPicker(root) {
  const { lon, lat, shape, outline, tiles } = root.dataset;
  if (shape) {
    await startDrawing(root);
    return;
  }
  const boxes = { lon: document.getElementById(lon), lat: document.getElementById(lat) };
  const part = (name) => root.querySelector(`[data-atlas-part="${name}"]`);
  const { map, district } = layGround(part("map"), await fetchJson(outline), JSON.parse(tiles || "{}"), { label: "在图上点一下定位置；也可以直接填写经纬度" });
  new Picker(map, district, boxes, part("said")).begin(part("locate"));
  root.dispatchEvent(new CustomEvent("atlas:painted", { bubbles: true }));
}

class Picker {
  constructor(map, district, boxes, said) {
    Object.assign(this, { map, district, boxes, said });
    const about = { class: "atlas-drop", viewBox: "-12 -29 24 30", "aria-hidden": "true" };
    const pin = draw("svg", about, draw("path", { d: PIN }), draw("circle", { cy: -18, r: 4 }));
    const icon = L.divIcon({ className: "atlas-pin", html: pin, iconSize: [32, 40], iconAnchor: [16, 37] });
    this.pin = L.marker(district.getCenter(), { icon, draggable: true, keyboard: false });
    this.pin.on("dragend", () => this.write(this.pin.getLatLng()));
  }

  begin(locate) {
    if (this.typed()) this.map.setView(this.typed(), NEAR, { animate: false });
    else this.map.fitBounds(this.district, { animate: false });
    if (this.typed()) this.move(this.typed());
    this.map.on("click", ({ latlng }) => this.write(latlng));
    for (const box of Object.values(this.boxes)) box.addEventListener("change", () => this.typed() && this.move(this.typed()));
    locate.hidden = !navigator.geolocation || !window.isSecureContext;
    locate.addEventListener("click", () => this.locate(locate));
  }

  /* what the boxes say; null while one is empty or no position */
  typed() {
    const [lon, lat] = [this.boxes.lon.value, this.boxes.lat.value];
    if (!lon || !lat || Math.abs(lat) > 85 || Math.abs(lon) > 180) return null;
    return L.latLng(Number(lat), Number(lon));
  }

  move(at) {
    this.pin.setLatLng(at).addTo(this.map);
    if (!this.map.getBounds().contains(at)) this.map.setView(at, this.map.getZoom(), { animate: !isCalm() });
    this.said.textContent = this.district.contains(at) ? "" : "这个位置在区界之外，请核对经纬度是否填反、是否用了高德或腾讯的坐标。";
  }

  write(at) {
    this.boxes.lon.value = at.lng.toFixed(DIGITS);
    this.boxes.lat.value = at.lat.toFixed(DIGITS);
    this.move(at);
    for (const box of Object.values(this.boxes)) box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  locate(button) {
    button.disabled = true;
    this.said.textContent = "正在定位……";
    const done = () => (button.disabled = false);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        done();
        this.write(L.latLng(coords.latitude, coords.longitude));
        this.map.setView([coords.latitude, coords.longitude], 17, { animate: !isCalm() });
        const off = `定位误差约 ${Math.round(coords.accuracy)} 米，请看图核对。`;
        this.said.textContent = this.said.textContent || off;
      },
      (error) => {
        done();
        this.said.textContent = WHY[error.code];
      },
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 0 },
    );
  }
}
