/* Where the phone is, and how far and in which direction something lies. Positions are WGS-84, with which CGCS2000 agrees to centimetres. */
const EARTH_KM = 6371.0088;
const WINDS = ["北", "东北", "东", "东南", "南", "西南", "西", "西北"];
const WHY = {
  1: "没有允许使用位置：在浏览器设置里允许，或填写地点说明。",
  2: "没有定到位：到开阔处再试，或填写地点说明。",
  3: "定位超时：再试一次，或填写地点说明。",
};
const rad = (degrees) => (degrees * Math.PI) / 180;

export const canLocate = () => Boolean(navigator.geolocation) && window.isSecureContext;

/* {lon, lat, accuracy}; an Error whose message is for people */
export function locate() {
  const about = { enableHighAccuracy: true, timeout: 20_000, maximumAge: 30_000 };
  return new Promise((resolve, reject) => {
    if (!canLocate()) {
      reject(new Error("这个浏览器不能定位，请填写地点说明。"));
      return;
    }
    const done = ({ coords }) => resolve({ lon: coords.longitude, lat: coords.latitude, accuracy: Math.round(coords.accuracy) });
    navigator.geolocation.getCurrentPosition(done, (error) => reject(new Error(WHY[error.code] || WHY[2])), about);
  });
}

/* whether asking for the place will not first ask the person */
export async function isAllowed() {
  if (!canLocate()) return false;
  const asked = await navigator.permissions?.query({ name: "geolocation" }).catch(() => null);
  return asked?.state === "granted";
}

export function distanceKm(here, there) {
  const half = Math.sin(rad(there.lat - here.lat) / 2) ** 2 + Math.cos(rad(here.lat)) * Math.cos(rad(there.lat)) * Math.sin(rad(there.lon - here.lon) / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(half)));
}

export function wind(here, there) {
  const east = Math.sin(rad(there.lon - here.lon)) * Math.cos(rad(there.lat));
  const north = Math.cos(rad(here.lat)) * Math.sin(rad(there.lat)) - Math.sin(rad(here.lat)) * Math.cos(rad(there.lat)) * Math.cos(rad(there.lon - here.lon));
  return WINDS[(Math.round((Math.atan2(east, north) * 180) / Math.PI / 45) + 8) % 8];
}

export const farWords = (km) => (km < 1 ? `${Math.round(km * 100) * 10} 米` : `${km.toFixed(1)} 公里`);

/* the place an element tells in its data; null where it tells none */
export const placeOf = ({ dataset }) => (dataset.lon && dataset.lat ? { lon: Number(dataset.lon), lat: Number(dataset.lat) } : null);
