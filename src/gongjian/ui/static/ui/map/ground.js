/* The map itself: the district drawn from its outline, pictures under it where the settings name a source, a scale bar, limits, a note. */
import { shiftedMercator } from "./gcj02.js";
import { isCalm, make } from "./make.js";

export const DEEPEST = 18;
const WIDEST = 9;
const LABELS_FROM = { label: 12, road: 14, ring: 12, highway: 13, water: 12 }; /* zoom from which a name is written */

export function layGround(node, outline, tiles, about = {}) {
  const map = L.map(node, {
    crs: tiles.shifted ? shiftedMercator(L) : L.CRS.EPSG3857,
    minZoom: WIDEST,
    maxZoom: DEEPEST,
    zoomControl: false,
    attributionControl: false,
    maxBoundsViscosity: 1,
    zoomAnimation: !isCalm(),
    fadeAnimation: !isCalm(),
    ...about,
  });
  node.setAttribute("role", "group");
  node.setAttribute("aria-label", about.label || "地图：方向键移动，加减键缩放");
  L.control.zoom({ position: "topright", zoomInTitle: "放大", zoomOutTitle: "缩小" }).addTo(map);
  L.control.scale({ position: "bottomright", imperial: false }).addTo(map);
  const said = [tiles.attribution, tiles.urls ? "" : outline.note].filter(Boolean);
  if (said.length) L.control.attribution({ position: "bottomright", prefix: false }).addTo(map).addAttribution(escaped(said.join(" · ")));

  const district = drawOutline(map, outline, Boolean(tiles.urls));
  for (const url of tiles.urls || []) {
    /* Tianditu asks where its key is used; the site's own policy would tell nobody */
    L.tileLayer(url, { subdomains: tiles.subdomains || "abc", maxNativeZoom: tiles.deepest, maxZoom: DEEPEST, referrerPolicy: "origin" }).addTo(map);
  }
  map.setMaxBounds(district.pad(1.5));
  return { map, district };
}

/* attributions are HTML to Leaflet; ours come from settings and files */
const escaped = (words) => make("span", {}, words).innerHTML;

function drawOutline(map, outline, overTiles) {
  const isLine = (feature) => feature.geometry.type.includes("Line");
  const bounds = L.latLngBounds([]);
  const areas = { ...outline, features: outline.features.filter((feature) => feature.properties.role === "district") };
  map.createPane("ground").classList.add("atlas-ground");
  const style = (feature) => ({ pane: "ground", interactive: false, className: `ground-${feature.properties.role}${overTiles ? " over-tiles" : ""}` });
  L.geoJSON(areas, { style }).eachLayer((layer) => bounds.extend(layer.getBounds())).addTo(map);
  if (!overTiles) {
    L.geoJSON(outline.features.filter(isLine), { style }).addTo(map);
    nameThings(map, outline.features);
  }
  return bounds;
}

/* names stand at points, and in the middle of lines; few of them far out */
function nameThings(map, features) {
  map.createPane("names").classList.add("atlas-names");
  const named = features.filter((feature) => feature.properties.name && feature.properties.role !== "district");
  const marks = named.map((feature) => ({ from: LABELS_FROM[feature.properties.role], mark: nameOf(feature) }));
  const settle = () => {
    for (const { from, mark } of marks) {
      if (map.getZoom() >= from) mark.addTo(map);
      else mark.remove();
    }
  };
  map.on("zoomend", settle);
  map.whenReady(settle);
}

function nameOf({ geometry, properties }) {
  const line = geometry.type === "MultiLineString" ? geometry.coordinates[0] : geometry.coordinates;
  const [lon, lat] = geometry.type === "Point" ? geometry.coordinates : line[Math.floor(line.length / 2)];
  const icon = L.divIcon({ className: `atlas-name name-${properties.role}`, html: make("span", {}, properties.name), iconSize: null });
  return L.marker([lat, lon], { icon, interactive: false, keyboard: false, pane: "names" });
}
