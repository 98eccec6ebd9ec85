/* The queue: every draft of this person in this phone, what became of it, and what can be done with it. */
import { onSent, send, user } from "./frame.js";
import { change, draftsOf, drop, onChange } from "./store.js";

const STATES = { waiting: "待发送", refused: "没有收下", arrived: "已送达" };
const SAID = {
  offline: "没有网络：联网后自动发送。",
  signedOut: "登录已过期：草稿都还在，登录后自动发送。",
  otherUser: "现在登录的是别人：这些草稿由写的人登录后发送。",
};

const make = (tag, about, ...inside) => {
  const node = Object.assign(document.createElement(tag), about);
  node.append(...inside.filter(Boolean));
  return node;
};

export async function startOutbox(list) {
  const said = document.querySelector("[data-said]");
  const button = document.querySelector("[data-send]");
  const show = () => showAll(list, button);
  onSent((outcome) => {
    const why = Object.keys(SAID).find((name) => outcome[name]);
    said.replaceChildren(why ? SAID[why] : "");
    if (why === "signedOut") said.append(make("a", { className: "btn btn-primary", href: `/account/login/?next=${encodeURIComponent(location.pathname)}`, textContent: "登录" }));
    button.disabled = false;
  });
  onChange(show);
  button.addEventListener("click", () => {
    button.disabled = true;
    said.textContent = "正在发送……";
    send();
  });
  if (!navigator.onLine) said.textContent = SAID.offline;
  window.addEventListener("offline", () => (said.textContent = SAID.offline));
  await show();
}

async function showAll(list, button) {
  const drafts = await draftsOf(user);
  button.hidden = !drafts.some((draft) => draft.state === "waiting");
  document.querySelector("[data-none]").hidden = drafts.length > 0;
  list.replaceChildren(...drafts.reverse().map((draft) => card(draft)));
}

function card(draft) {
  const { key, shots, state } = draft;
  const words = (draft.title || "").slice(0, 60);
  const told = [new Date(draft.madeAt).toLocaleString("zh-CN", { dateStyle: "short", timeStyle: "short" }), shots.length ? `${shots.length} 张照片` : "", draft.tries ? `已试 ${draft.tries} 次` : ""];
  const main = make(
    "div",
    { className: "errand-main" },
    make("span", { className: "errand-sort", textContent: draft.label && state === "arrived" ? `${STATES[state]} · ${draft.label}` : STATES[state] }),
    make("b", { className: "errand-title", textContent: words }),
    draft.thing && make("span", { className: "errand-thing", textContent: draft.thing }),
    make("span", { className: "fine", textContent: told.filter(Boolean).join("　") }),
    draft.sentence && make("span", { className: state === "refused" ? "errand-wrong" : "fine", textContent: draft.sentence }),
  );
  const item = make("li", { className: `errand${state === "refused" ? " is-late" : ""}` }, main, make("div", { className: "errand-acts" }, ...acts(draft, words)));
  Object.assign(item.dataset, { state, key });
  return item;
}

function acts({ key, state, url, page }, words) {
  const link = (text, href) => make("a", { className: "btn", href, textContent: text }, make("span", { className: "unseen", textContent: words }));
  const button = (text, act) => {
    const made = make("button", { className: "btn", type: "button", textContent: text }, make("span", { className: "unseen", textContent: words }));
    made.addEventListener("click", act);
    return made;
  };
  const open = url && link("打开", url);
  if (open) open.dataset.online = "";
  if (state === "arrived") return [open, button("从列表移去", () => drop(key))];
  const ask = () => window.confirm("删除这份草稿和它的照片？删除后不能恢复。") && drop(key);
  const again = state === "refused" && !url && button("重发", () => change(key, (draft) => ({ ...draft, state: "waiting", sentence: "" })).then(send));
  return [open, !url && link("修改", `${page}?draft=${key}`), again, button("删除", ask)];
}
