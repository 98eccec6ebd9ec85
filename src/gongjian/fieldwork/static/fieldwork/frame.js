/* What every page has: the bar that says "offline", the number waiting, links that need a network, the worker, and the sending itself. */
import { greet } from "./device.js";
import { sendAll } from "./sending.js";
import { draftsOf, onChange } from "./store.js";

const AGAIN = 30_000; /* milliseconds between attempts while a page is open and something waits */
const OWN = "[data-find], [data-check], [data-queue]"; /* pages that hold what is in the phone: nobody takes them away from under a hand */
const room = document.querySelector("[data-field]");
const bar = document.querySelector("[data-kept]");
const wasKept = bar ? !bar.hidden : false; /* the worker shows the bar in a page it had kept */

export const user = room?.dataset.user || "";
export const addresses = { hello: room?.dataset.hello, drafts: room?.dataset.drafts };
export const outboxPage = room?.dataset.outbox;

/* told to whoever shows the queue: what came of the last sending */
let listener = null;
export const onSent = (act) => (listener = act);

export async function send() {
  if (!user) return;
  const waiting = (await draftsOf(user)).some((draft) => draft.state === "waiting");
  const said = waiting ? await sendAll(addresses, user) : {};
  listener?.(said);
}

export async function startFrame() {
  window.addEventListener("offline", () => showOffline(true));
  window.addEventListener("online", () => {
    if (wasKept && !document.querySelector(OWN)) freshen();
    else bar.hidden = !document.querySelector("[data-check]") || !wasKept;
    trySending();
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && trySending());
  document.addEventListener("click", stopWithoutNetwork, true);
  setInterval(trySending, AGAIN);
  if (!navigator.onLine) showOffline(true);
  onChange(count);
  startForgetting(document.querySelector("[data-forget]"));
  await Promise.allSettled([count(), register(), navigator.onLine && greet(addresses.hello)]); /* greeted, the phone knows how far its clock is off */
  trySending();
}

/* a browser may say "online" where nobody answers, and to a page that is just being left */
async function freshen() {
  if (await greet(addresses.hello)) location.reload();
}

const trySending = () => navigator.onLine && send().catch((error) => console.error(error));

const showOffline = (yes) => (bar.hidden = !yes && !wasKept);

async function count() {
  const node = document.querySelector("[data-count]");
  const waiting = (await draftsOf(user)).filter((draft) => draft.state !== "arrived").length;
  node.textContent = waiting;
  node.hidden = waiting === 0;
}

/* pages of the office are not kept in the phone: better a sentence than the browser's own page of an error */
function stopWithoutNetwork(event) {
  const link = event.target.closest("a[data-online]");
  if (!link || navigator.onLine) return;
  event.preventDefault();
  bar.hidden = false;
  bar.querySelector("span").textContent = "没有网络，这一项要联网后办理。";
  bar.scrollIntoView({ block: "center" });
}

async function register() {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register(room.dataset.worker, { type: "module", updateViaCache: "none" });
  const ready = await navigator.serviceWorker.ready;
  ready.active.postMessage({ warm: user });
}

/* let the worker keep what somebody will open out there, before the network goes */
export async function keepAhead(links) {
  const ready = await navigator.serviceWorker?.ready;
  ready?.active.postMessage({ warm: user, also: links.map((link) => link.pathname).filter((path) => path.startsWith(room.dataset.home)) });
}

/* ask the system to send when the network is back even if no page is open; where it cannot, the next open page does */
export async function askForSync() {
  const ready = await navigator.serviceWorker?.ready;
  await ready?.sync?.register("gongjian-field").catch(() => {});
}

function startForgetting(button) {
  if (!button || !window.caches) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith("gongjian-pages:")).map((name) => caches.delete(name)));
    button.textContent = "已清除";
    button.disabled = true;
  });
}
