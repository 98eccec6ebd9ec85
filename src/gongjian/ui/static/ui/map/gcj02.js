/* Some tile sources shift their pictures by law (GCJ-02, some hundred metres). The map then reckons in their frame: points, areas and clicks
   are shifted on their way to the screen and back, and everything that is stored or linked stays in CGCS2000. Formula: the published one. */
const AXIS = 6378245; /* metres: the ellipsoid of Krasovsky, on which the shift is defined */
const SQUASH = 0.006693421622965943; /* its first eccentricity, squared */
const RAD = Math.PI / 180;

const waves = (x, size, parts) => parts.reduce((sum, [height, length]) => sum + height * Math.sin((x / length) * Math.PI), 0) * (size / 3);

function bend(lon, lat) {
  const x = lon - 105;
  const y = lat - 35;
  const fine = 20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI);
  const root = Math.sqrt(Math.abs(x));
  const north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + (fine * 2) / 3 + waves(y, 2, [[20, 1], [40, 3], [160, 12], [320, 30]]);
  const east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + (fine * 2) / 3 + waves(x, 2, [[20, 1], [40, 3], [150, 12], [300, 30]]);
  const curve = 1 - SQUASH * Math.sin(lat * RAD) ** 2;
  return [east / ((AXIS / Math.sqrt(curve)) * Math.cos(lat * RAD) * RAD), north / (((AXIS * (1 - SQUASH)) / (curve * Math.sqrt(curve))) * RAD)];
}

/* [longitude, latitude] in degrees, CGCS2000 to GCJ-02 */
export function toShifted(lon, lat) {
  const [east, north] = bend(lon, lat);
  return [lon + east, lat + north];
}

/* and back; three rounds leave less than a millimetre */
export function fromShifted(lon, lat) {
  let [x, y] = [lon, lat];
  for (let round = 0; round < 3; round += 1) {
    const [east, north] = toShifted(x, y);
    [x, y] = [x + lon - east, y + lat - north];
  }
  return [x, y];
}

/* Web Mercator whose pictures are shifted, for Leaflet's `crs` */
export function shiftedMercator(L) {
  const plain = L.Projection.SphericalMercator;
  const project = (at) => {
    const [lon, lat] = toShifted(at.lng, at.lat);
    return plain.project(L.latLng(lat, lon));
  };
  const unproject = (point) => {
    const at = plain.unproject(point);
    const [lon, lat] = fromShifted(at.lng, at.lat);
    return L.latLng(lat, lon);
  };
  return L.extend({}, L.CRS.EPSG3857, { projection: { ...plain, project, unproject } });
}
