/* The page's address says what is chosen, where one looks and what is open, so that a map can be sent by a link.
   ?kinds=a,b  &statuses=c  (left out: all; empty: none)   &at=39.79000,116.51000,13   &place=17 */
const chosenFrom = (asked, known) => {
  const all = known.map(({ slug }) => slug);
  return new Set(asked === null ? all : all.filter((slug) => asked.split(",").includes(slug)));
};

export function readAddress(places) {
  const asked = new URLSearchParams(location.search);
  const at = (asked.get("at") || "").split(",").map(Number);
  return {
    kinds: chosenFrom(asked.get("kinds"), places.kinds),
    statuses: chosenFrom(asked.get("statuses"), places.statuses),
    at: at.length === 3 && at.every(Number.isFinite) ? { lat: at[0], lon: at[1], zoom: at[2] } : null,
    place: asked.get("place"),
  };
}

export function writeAddress(places, state, map, place) {
  const told = new URLSearchParams(location.search);
  const tell = (name, value) => (value === null ? told.delete(name) : told.set(name, value));
  const some = (chosen, known) => (chosen.size === known.length ? null : [...chosen].join(","));
  tell("kinds", some(state.kinds, places.kinds));
  tell("statuses", some(state.statuses, places.statuses));
  const { lat, lng } = map.getCenter();
  tell("at", `${lat.toFixed(5)},${lng.toFixed(5)},${map.getZoom()}`);
  tell("place", place ? String(place.id) : null);
  const plain = told.toString().replaceAll("%2C", ",");
  history.replaceState(history.state, "", `${location.pathname}?${plain}${location.hash}`);
}
