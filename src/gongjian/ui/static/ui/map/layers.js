/* The marks on the map: clusters and single places of what is chosen, redrawn where the map goes; areas under them. */
import { isCalm, make } from "./make.js";
import { drawCluster, drawMark, sayCluster, sayPlace, sizeOf } from "./marks.js";

const REACH = 52; /* pixels within which places stand together */
const MIXED = -1;

export class Layers {
  constructor(map, places, { onPlace, onMany }) {
    Object.assign(this, { map, places, onPlace, onMany, marks: new Map(), index: null });
    this.areas = L.layerGroup().addTo(map);
    this.around = L.layerGroup().addTo(map);
    map.on("moveend", () => this.redraw());
  }

  show(numbers) {
    const points = numbers.filter((number) => number < this.places.points);
    this.index = new Supercluster({
      radius: REACH,
      extent: 256, /* pixels of a tile, as Leaflet counts zoom */
      minZoom: this.map.getMinZoom(),
      maxZoom: this.map.getMaxZoom(), /* what still stands together at the deepest zoom is listed, not spread out */
      map: ({ kind, attention }) => ({ kind, attention }),
      reduce: (sum, one) => {
        if (sum.kind !== one.kind) sum.kind = MIXED;
        sum.attention += one.attention;
      },
    }).load(points.map((number) => this.places.feature(number)));
    this.marks.forEach((mark) => mark.remove());
    this.marks.clear();
    this.drawAreas(numbers.slice(points.length));
    this.redraw();
  }

  drawAreas(numbers) {
    this.areas.clearLayers();
    for (const number of numbers) {
      const place = this.places.at(number);
      const className = `atlas-area kind-${place.kind.colour}${place.status.pale ? " is-pale" : ""}`;
      L.geoJSON(place.area, { style: { className } })
        .bindTooltip(make("span", {}, sayPlace(place)), { sticky: true })
        .on("click", () => this.onPlace(place))
        .addTo(this.areas);
      this.areas.addLayer(this.markOf(place)); /* an area is reached and told by the keyboard through the mark in its middle */
    }
  }

  redraw() {
    if (!this.index) return;
    const bounds = this.map.getBounds().pad(0.15);
    const box = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
    const seen = new Set();
    for (const feature of this.index.getClusters(box, Math.round(this.map.getZoom()))) {
      const about = feature.properties;
      const key = about.cluster ? `c${feature.id}` : `p${about.number}`;
      seen.add(key);
      if (!this.marks.has(key)) this.marks.set(key, (about.cluster ? this.clusterOf(feature) : this.markOf(this.places.at(about.number))).addTo(this.map));
    }
    for (const [key, mark] of this.marks) {
      if (seen.has(key)) continue;
      mark.remove();
      this.marks.delete(key);
    }
  }

  markOf(place) {
    const icon = L.divIcon({ className: "atlas-pin", html: drawMark(place.kind, place.status), iconSize: [30, 30] });
    return labelled(L.marker([place.lat, place.lon], { icon, title: place.name }), sayPlace(place), () => this.onPlace(place));
  }

  clusterOf({ id, geometry, properties }) {
    const [lon, lat] = geometry.coordinates;
    const kind = properties.kind === MIXED ? null : this.places.kinds[properties.kind];
    const side = sizeOf(properties.point_count);
    const html = drawCluster(properties.point_count, kind, properties.attention);
    const icon = L.divIcon({ className: "atlas-pin", html, iconSize: [side, side] });
    const words = sayCluster(properties.point_count, kind, properties.attention);
    return labelled(L.marker([lat, lon], { icon, title: words }), words, () => this.open(id, [lat, lon]));
  }

  open(cluster, at) {
    const zoom = this.index.getClusterExpansionZoom(cluster);
    if (zoom > this.map.getMaxZoom()) {
      this.onMany(this.index.getLeaves(cluster, Infinity).map((leaf) => leaf.properties.number));
      return;
    }
    this.map.setView(at, zoom, { animate: !isCalm() });
    this.map.getContainer().focus({ preventScroll: true }); /* the cluster is gone: the keyboard goes on from the map */
  }

  /* draw the eye to one place, wherever it stands among the others */
  point(place) {
    this.around.clearLayers();
    if (!place) return;
    const icon = L.divIcon({ className: "atlas-around", iconSize: [44, 44] });
    this.around.addLayer(L.marker([place.lat, place.lon], { icon, interactive: false, keyboard: false, zIndexOffset: -1000 }));
  }
}

function labelled(mark, words, act) {
  mark.on("add", () => mark.getElement().setAttribute("aria-label", words));
  mark.on("click", act);
  mark.on("keypress", ({ originalEvent }) => {
    if (originalEvent.key !== "Enter" && originalEvent.key !== " ") return;
    originalEvent.preventDefault();
    act();
  });
  return mark;
}
