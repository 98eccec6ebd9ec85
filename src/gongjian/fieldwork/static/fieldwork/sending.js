/* Sending drafts, one after another, each by one request. The server takes a key once; here only one tab sends at a time. */
import { greet } from "./device.js";
import { change, draftCalled, draftsOf } from "./store.js";

const LOCK = "gongjian-field-sending";
const PATIENCE = 180_000; /* milliseconds for a draft with nine photos on a slow network */
const WORDS = {
  network: "没有连上，稍后自动再发。",
  server: "服务器暂时没有办成，稍后自动再发。",
  large: "照片太大，服务器没有收下，请删去几张或重拍后再发。",
};

/* what came of it: ``offline``, ``signedOut``, ``otherUser``, or nothing to tell. Whoever comes second waits, and finds nothing left. */
export function sendAll(addresses, user = null) {
  const act = () => sendEach(addresses, user);
  return navigator.locks ? navigator.locks.request(LOCK, act) : act();
}

async function sendEach(addresses, user) {
  const met = await greet(addresses.hello);
  if (!met) return { offline: true };
  if (!met.user) return { signedOut: true };
  if (user && user !== met.user) return { otherUser: true };
  for (const { key } of await draftsOf(met.user)) {
    const draft = await draftCalled(key);
    if (draft?.state !== "waiting") continue; /* sent, edited or deleted while others were sent */
    const said = await sendOne(draft, met, addresses);
    if (said) return said;
  }
  return {};
}

/* one draft; an object only where going on to the next has no sense */
async function sendOne(draft, met, addresses) {
  let answer = await post(draft, met.token, addresses.drafts);
  if (answer?.status === 403 && !isJson(answer)) {
    const again = await greet(addresses.hello); /* the token was of an earlier session */
    if (!again?.user) return { signedOut: Boolean(again), offline: !again };
    if (again.user !== met.user) return { otherUser: true };
    answer = await post(draft, again.token, addresses.drafts);
  }
  if (!answer) {
    await settle(draft, { tries: draft.tries + 1, sentence: WORDS.network });
    return { offline: true };
  }
  const told = isJson(answer) ? await answer.json().catch(() => ({})) : {};
  if (answer.status === 401) return { signedOut: true };
  await settle(draft, outcome(answer.status, told, draft));
  return null;
}

function outcome(status, told, draft) {
  if (status === 200 && told.url) return { state: "arrived", label: told.label, url: told.url, sentence: told.note || "", arrivedAt: Date.now(), shots: [] };
  if (status === 413) return { state: "refused", sentence: WORDS.large };
  if ([403, 409, 422].includes(status) && told.sentence) return { state: "refused", sentence: told.sentence, label: told.label, url: told.url };
  return { tries: draft.tries + 1, sentence: WORDS.server };
}

/* an answer belongs to the draft as it was sent: one that was edited meanwhile stays as it is */
const settle = (draft, found) => change(draft.key, (now) => (now.version === draft.version ? { ...now, ...found } : null));

const isJson = (answer) => (answer.headers.get("content-type") || "").startsWith("application/json");

async function post(draft, token, address) {
  const body = new FormData();
  const said = { ...draft.said, kind: draft.kind.split(":")[0], key: draft.key, user: draft.user, written_at: draft.writtenAt, ahead: draft.ahead };
  for (const [name, value] of Object.entries(said)) if (value !== "" && value !== null && value !== undefined) body.append(name, value);
  const facts = {};
  for (const { box, blob, name, facts: told } of draft.shots) {
    body.append(box, blob, name);
    (facts[box] ??= []).push(told);
  }
  body.append("facts", JSON.stringify(facts));
  const about = { method: "POST", body, headers: { "X-CSRFToken": token }, credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE) };
  try {
    return await fetch(address, about);
  } catch {
    return null;
  }
}
