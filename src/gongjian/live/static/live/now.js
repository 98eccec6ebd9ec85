/* Newest values as they come: server-sent events; where the server has no seat left, asking now and then. */
const EVERY = 10_000; /* milliseconds between questions */
const AGAIN = 60_000; /* until a seat is tried for again */

export function keepUpToDate(root) {
  if (!root) return;
  const { liveEvents, liveNewest, liveStations } = root.dataset;
  const said = root.querySelector("[data-live-said]");
  let after = root.dataset.liveAfter;
  let asking = null;

  const show = (now) => {
    for (const [station, html] of Object.entries(now)) {
      for (const place of document.querySelectorAll(`[data-live-station="${CSS.escape(station)}"]`)) {
        place.innerHTML = html; /* made by this server's own template, which escapes */
        place.classList.remove("is-new");
        void place.offsetWidth; /* so that the mark of what is new begins anew */
        place.classList.add("is-new");
      }
    }
    if (Object.keys(now).length) root.dispatchEvent(new CustomEvent("live:now", { bubbles: true, detail: Object.keys(now) }));
  };
  const say = (words, state) => {
    if (said.textContent !== words) said.textContent = words;
    root.dataset.liveState = state;
  };

  const listen = () => {
    const source = new EventSource(`${liveEvents}?stations=${liveStations}&after=${after}`);
    source.addEventListener("open", () => say("实时更新中", "on"));
    source.addEventListener("now", (event) => {
      after = event.lastEventId || after;
      show(JSON.parse(event.data));
    });
    source.addEventListener("error", () => {
      if (source.readyState !== EventSource.CLOSED) return; /* the stream was over: the browser comes again by itself */
      say("每 10 秒更新", "asking");
      ask();
      asking = setInterval(ask, EVERY);
      setTimeout(() => {
        clearInterval(asking);
        listen();
      }, AGAIN);
    });
    window.addEventListener("pagehide", () => source.close(), { once: true });
  };

  const ask = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(`${liveNewest}?stations=${liveStations}`, { credentials: "same-origin" });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      const { cursor, now } = await answer.json();
      if (String(cursor) !== String(after)) show(now);
      after = cursor;
    } catch {
      say("暂时连不上服务器，数值可能不是最新的", "off");
    }
  };

  listen();
}
