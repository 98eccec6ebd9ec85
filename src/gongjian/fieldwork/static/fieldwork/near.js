/* Today's list in the order of nearness, by the same rule as ``ordering.py``; how far a thing is; what lies around. */
import { keepAhead } from "./frame.js";
import { canLocate, distanceKm, farWords, isAllowed, locate, placeOf, wind } from "./place.js";

const BANDS_KM = [1, 3, 10];
const AHEAD = 12; /* errands whose pages are kept before anybody opens them */

const bandOf = (km) => (km === null ? BANDS_KM.length + 1 : BANDS_KM.filter((end) => km > end).length);

const farOf = (here, node) => {
  const there = placeOf(node);
  return there && { km: distanceKm(here, there), words: `${wind(here, there)} ${farWords(distanceKm(here, there))}` };
};

/* order the cards anew; what is equal stays as it was */
export function orderList(list, here) {
  const rank = (card) => {
    const km = farOf(here, card)?.km ?? null;
    return [bandOf(km), card.dataset.late ? 0 : 1, km ?? 0, card.dataset.due ? Date.parse(card.dataset.due) : Infinity];
  };
  const cards = [...list.children].map((card) => ({ card, rank: rank(card) }));
  cards.sort((one, other) => one.rank.map((part, place) => (part === other.rank[place] ? 0 : part - other.rank[place])).find(Boolean) || 0);
  for (const { card } of cards) {
    card.querySelector("[data-far]").textContent = farOf(here, card)?.words || "";
    list.append(card);
  }
}

/* today's list: by itself where the place may be asked for without a question, else on a tap */
export async function startList(list) {
  const said = document.querySelector("[data-said]");
  const act = async () => {
    const here = await locate();
    orderList(list, here);
    said.textContent = `按离您的远近排列，同样远近时超时的在前（定位误差约 ${here.accuracy} 米）。`;
  };
  offer(document.querySelector("[data-locate]"), act, said);
  if (await isAllowed()) await act().catch((error) => (said.textContent = error.message));
  await keepAhead([...list.querySelectorAll(".errand-main")].slice(0, AHEAD));
}

/* one thing: its distance and direction */
export async function startThing(node) {
  if (!placeOf(node) || !(await isAllowed())) return;
  const here = await locate().catch(() => null);
  if (here) node.textContent = `在您的${farOf(here, node).words}处`.replace(" ", "方向 ");
}

/* what lies around: asked of the server */
export function startAround(button) {
  const said = document.querySelector("[data-said]");
  const act = async () => {
    const { lon, lat } = await locate();
    location.search = new URLSearchParams({ at: `${lon.toFixed(6)},${lat.toFixed(6)}` });
  };
  offer(button, act, said);
}

function offer(button, act, said) {
  if (!button) return;
  button.hidden = !canLocate();
  button.addEventListener("click", async () => {
    button.disabled = true;
    said.textContent = "正在定位……";
    await act().catch((error) => (said.textContent = error.message));
    button.disabled = false;
  });
}
