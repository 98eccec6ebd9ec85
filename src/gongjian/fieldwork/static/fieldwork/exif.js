/* What a camera wrote into a JPEG: when and where. Read before the photo is made smaller, because a canvas forgets it. */
const HEAD = 262_144; /* bytes in which it stands */
const IFD = { exif: 0x8769, gps: 0x8825 };
const TAG = { taken: 0x9003, digitized: 0x9004, zone: 0x9011, changed: 0x0132, side: 1 };

/* {taken_at, lon, lat}, each only where it is known */
export async function readExif(file) {
  try {
    const tiff = findTiff(new DataView(await file.slice(0, HEAD).arrayBuffer()));
    return tiff ? facts(tiff) : {};
  } catch {
    return {}; /* a head that is cut off or lies: as good as none */
  }
}

/* the TIFF block inside the APP1 segment, as a view of its own */
function findTiff(view) {
  if (view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; at + 4 < view.byteLength; ) {
    const marker = view.getUint16(at);
    const length = view.getUint16(at + 2);
    if (marker === 0xffe1 && view.getUint32(at + 4) === 0x45786966) return new DataView(view.buffer, at + 10, length - 8);
    if (marker === 0xffda || length < 2) return null;
    at += 2 + length;
  }
  return null;
}

function facts(tiff) {
  const little = tiff.getUint16(0) === 0x4949;
  const first = directory(tiff, tiff.getUint32(4, little), little);
  const inner = first.has(IFD.exif) ? directory(tiff, first.get(IFD.exif)[0], little) : new Map();
  const gps = first.has(IFD.gps) ? directory(tiff, first.get(IFD.gps)[0], little) : new Map();
  const taken = moment(inner.get(TAG.taken) || inner.get(TAG.digitized) || first.get(TAG.changed), inner.get(TAG.zone));
  const [lat, lon] = [degrees(gps.get(2), gps.get(1), "S"), degrees(gps.get(4), gps.get(3), "W")];
  return { ...(taken && { taken_at: taken }), ...(lat !== null && lon !== null && (lat || lon) && { lon, lat }) };
}

/* tag → value: a string, or the list of its numbers */
function directory(tiff, start, little) {
  const SIZES = { 2: 1, 3: 2, 4: 4, 5: 8 };
  const found = new Map();
  for (let number = 0; number < tiff.getUint16(start, little); number += 1) {
    const at = start + 2 + 12 * number;
    const [tag, type, count] = [tiff.getUint16(at, little), tiff.getUint16(at + 2, little), tiff.getUint32(at + 4, little)];
    if (!SIZES[type] || count > 1000) continue;
    const where = SIZES[type] * count > 4 ? tiff.getUint32(at + 8, little) : at + 8;
    found.set(tag, type === 2 ? text(tiff, where, count) : numbers(tiff, type, where, count, little));
  }
  return found;
}

const text = (tiff, at, count) => String.fromCharCode(...Array.from({ length: count }, (_, step) => tiff.getUint8(at + step))).replace(/\0.*$/s, "");

function numbers(tiff, type, at, count, little) {
  const read = {
    3: (step) => tiff.getUint16(at + 2 * step, little),
    4: (step) => tiff.getUint32(at + 4 * step, little),
    5: (step) => tiff.getUint32(at + 8 * step, little) / tiff.getUint32(at + 8 * step + 4, little),
  }[type];
  return Array.from({ length: count }, (_, step) => read(step));
}

/* ``2020:10:31 09:30:05`` as ISO; with the camera's own offset where it wrote one, else this phone's */
function moment(said, zone) {
  const parts = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(said || "");
  if (!parts || parts[1] === "0000") return null;
  const offset = /^[+-]\d\d:\d\d$/.test(zone || "") ? zone : "";
  return `${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}${offset}`;
}

function degrees(parts, side, negative) {
  if (!parts || parts.length < 3) return null;
  const found = parts[0] + parts[1] / 60 + parts[2] / 3600;
  if (!(found >= 0 && found <= 180)) return null;
  return (side || "").toUpperCase().startsWith(negative) ? -found : found;
}
