/* Meeting the server: whether it answers, who is signed in there, what time it has. Pages and the worker use it alike. */
import { remember } from "./store.js";

const PATIENCE = 10_000; /* milliseconds */

/* null where there is no network. ``ahead``: by how many seconds the server's clock is before this one; remembered for drafts without network */
export async function greet(address) {
  const asked = Date.now();
  try {
    const answer = await fetch(address, { cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE) });
    if (!answer.ok) return null;
    const told = await answer.json();
    const ahead = Math.round((Date.parse(told.now) - (asked + Date.now()) / 2) / 1000);
    await remember("ahead", ahead).catch(() => {});
    return { user: told.user, token: told.token, ahead };
  } catch {
    return null;
  }
}

/* a key nobody else makes; browsers offer the short way on safe addresses only */
export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/* a moment with this phone's own offset, as ``2020-10-31T09:30:05+08:00`` */
export function withZone(moment) {
  const minutes = -moment.getTimezoneOffset();
  const local = new Date(moment.getTime() + minutes * 60_000).toISOString().slice(0, 19);
  const two = (number) => String(number).padStart(2, "0");
  return `${local}${minutes < 0 ? "-" : "+"}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}
