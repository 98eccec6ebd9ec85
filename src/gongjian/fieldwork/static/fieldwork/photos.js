/* A photo on its way into a draft: read for time and place, made smaller, with a picture small enough for the list. */
import { withZone } from "./device.js";
import { readExif } from "./exif.js";

const WIDEST = 2560; /* pixels of the longer side that are sent */
const LARGEST = 3_000_000; /* bytes up to which a photo that is small enough is sent as the camera made it */
const SMALL = 160;
const JUST_TAKEN = 120_000; /* milliseconds within which a photo counts as taken here and now */

/* a sentence for people where it is no photo, or more than this phone can open */
export class NoPhoto extends Error {}

/* {blob, name, thumb, facts}; ``place`` is where the phone is, {lon, lat}, or null */
export async function prepare(file, place) {
  const told = await readExif(file);
  const picture = await decode(file);
  try {
    const asItIs = file.type === "image/jpeg" && Math.max(picture.width, picture.height) <= WIDEST && file.size <= LARGEST;
    const blob = asItIs ? file : await smaller(picture);
    const whole = { width: picture.width, height: picture.height, size: file.size };
    return { blob, name: nameOf(file), thumb: draw(picture, SMALL).toDataURL("image/jpeg", 0.7), facts: { ...whole, ...known(told, file, place) } };
  } finally {
    picture.close();
  }
}

/* what the camera wrote counts; of a photo just taken the phone knows the rest, since browsers hide the place from pages */
function known(told, file, place) {
  const fresh = Math.abs(Date.now() - file.lastModified) < JUST_TAKEN;
  const added = {
    ...(fresh && !told.taken_at && { taken_at: withZone(new Date(file.lastModified)) }),
    ...(fresh && told.lon === undefined && place && { lon: place.lon, lat: place.lat }),
  };
  return { ...told, ...added, by: Object.keys(added).length ? "phone" : "camera" };
}

async function decode(file) {
  try {
    return await createImageBitmap(file);
  } catch {
    throw new NoPhoto(`“${file.name.slice(0, 60)}”不是照片，或者这部手机打不开，没有加入。`);
  }
}

async function smaller(picture) {
  const blob = await new Promise((resolve) => draw(picture, WIDEST).toBlob(resolve, "image/jpeg", 0.85));
  if (!blob) throw new NoPhoto("手机内存不足，这张照片没有处理成，请在相机设置中调低分辨率后重拍。");
  return blob;
}

function draw(picture, longest) {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const brush = canvas.getContext("2d");
  brush.imageSmoothingQuality = "high";
  brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

const nameOf = (file) => `${(file.name || "photo").replace(/\.[^.]*$/, "").slice(0, 80) || "photo"}.jpg`;
