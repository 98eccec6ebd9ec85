/* An area as text and as corners: GeoJSON, or one "经度, 纬度" a line. WKT is left to the server, which reads all three and checks them. */
const DIGITS = 6; /* of a degree: a tenth of a metre */
const rounded = (degrees) => Number(degrees.toFixed(DIGITS));

/* the corners as the GeoJSON that is handed in */
export function written(corners) {
  const ring = corners.map(({ lng, lat }) => [rounded(lng), rounded(lat)]);
  return JSON.stringify({ type: "Polygon", coordinates: [[...ring, ring[0]]] });
}

/* what a text holds: `corners` of a plain area, or a `geometry` that can be shown but not drawn on; null where it cannot be read here */
export function readText(text) {
  if (!text.trim()) return { corners: [] };
  try {
    return text.trim().startsWith("{") ? fromJson(JSON.parse(text)) : fromLines(text);
  } catch {
    return null;
  }
}

function fromJson(found) {
  const geometry = found.type === "FeatureCollection" ? found.features[0].geometry : (found.geometry ?? found);
  if (!["Polygon", "MultiPolygon"].includes(geometry.type)) return null;
  const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  if (!parts.flat(2).every(isPosition)) return null;
  if (parts.length !== 1 || parts[0].length !== 1) return { geometry };
  return { corners: parts[0][0].slice(0, -1).map(([lon, lat]) => L.latLng(lat, lon)) };
}

function fromLines(text) {
  const lines = text.split(/[;；\n]+/).filter((line) => line.trim());
  const pairs = lines.map((line) => (line.match(CORNER) ?? []).slice(1).map(Number));
  if (!pairs.every(isPosition)) return null;
  const [first, last] = [pairs[0], pairs[pairs.length - 1]];
  const returns = pairs.length > 1 && first[0] === last[0] && first[1] === last[1];
  return { corners: (returns ? pairs.slice(0, -1) : pairs).map(([lon, lat]) => L.latLng(lat, lon)) };
}

const CORNER = /^[\s(（]*(-?\d+(?:\.\d+)?)[\s,，、]+(-?\d+(?:\.\d+)?)[\s,，)）]*$/;
const isPosition = (pair) => pair.length >= 2 && pair.every(Number.isFinite) && Math.abs(pair[0]) <= 180 && Math.abs(pair[1]) <= 85;
