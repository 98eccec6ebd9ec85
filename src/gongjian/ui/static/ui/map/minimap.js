/* Where one thing stands, on its own page. */
import { layGround } from "./ground.js";
import { fetchJson, isCalm } from "./make.js";
import { drawMark } from "./marks.js";

export async function startMinimap(root) {
  const { lon, lat, outline, tiles, name, symbol, colour, shape, pale, area } = root.dataset;
  const node = root.querySelector("[data-atlas-part=map]");
  const about = { scrollWheelZoom: false, dragging: !L.Browser.mobile, label: `${name}的位置` };
  const { map, district } = layGround(node, await fetchJson(outline), JSON.parse(tiles || "{}"), about);
  const kind = { colour, symbol };
  if (area) {
    const layer = L.geoJSON(JSON.parse(area), { interactive: false, style: { className: `atlas-area kind-${colour}${pale ? " is-pale" : ""}` } }).addTo(map);
    map.fitBounds(layer.getBounds().pad(0.8), { animate: !isCalm(), maxZoom: 16 });
  } else {
    const icon = L.divIcon({ className: "atlas-pin", html: drawMark(kind, { shape, pale: Boolean(pale) }), iconSize: [30, 30] });
    const at = L.latLng(Number(lat), Number(lon));
    L.marker(at, { icon, interactive: false, keyboard: false }).addTo(map);
    map.setView(at, district.contains(at) ? 13 : 12);
  }
  root.dispatchEvent(new CustomEvent("atlas:painted", { bubbles: true }));
}
