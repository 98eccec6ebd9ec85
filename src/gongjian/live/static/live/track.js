/* Where a vehicle went: its track in pieces, the beginning and the end marked. */
import { layGround } from "../ui/map/ground.js";
import { fetchJson, isCalm, make } from "../ui/map/make.js";

export function drawTracks(root) {
  for (const figure of root.querySelectorAll("[data-track]")) {
    drawTrack(figure).catch((error) => {
      console.error(error);
      figure.querySelector("[data-track-part=said]").textContent = "地图没有画出来，请刷新页面；定位见下面。";
    });
  }
}

async function drawTrack(figure) {
  const { track, outline, tiles } = figure.dataset;
  const pieces = JSON.parse(track);
  const node = figure.querySelector("[data-track-part=map]");
  const { map } = layGround(node, await fetchJson(outline), JSON.parse(tiles || "{}"), { scrollWheelZoom: false, label: "车辆轨迹", maxBoundsViscosity: 0 });
  map.setMaxBounds(null); /* vehicles leave the district */
  const group = L.featureGroup().addTo(map);
  for (const piece of pieces) {
    const line = piece.map(([lon, lat]) => [lat, lon]);
    L.polyline(line, { className: "track-line", interactive: false }).addTo(group);
    for (const [lon, lat, at, speed] of thinned(piece)) {
      L.circleMarker([lat, lon], { radius: 3, className: "track-dot" }).bindTooltip(make("span", {}, `${at} ${speed}`), { sticky: true }).addTo(group);
    }
  }
  const flat = pieces.flat();
  end(flat[0], "起", "起点").addTo(group);
  end(flat[flat.length - 1], "终", "终点").addTo(group);
  map.fitBounds(group.getBounds().pad(0.15), { animate: !isCalm(), maxZoom: 15 });
  figure.querySelector("[data-track-part=said]").textContent = `${flat[0][2]} 至 ${flat[flat.length - 1][2]}，${flat.length.toLocaleString("en-US")} 个定位`;
  figure.dispatchEvent(new CustomEvent("track:painted", { bubbles: true }));
}

const thinned = (piece) => piece.filter((_, place) => place % Math.ceil(piece.length / 200) === 0);

function end([lon, lat, at], sign, words) {
  const icon = L.divIcon({ className: "track-end", html: make("span", {}, sign), iconSize: [24, 24] });
  return L.marker([lat, lon], { icon, keyboard: false, title: `${words} ${at}` });
}
