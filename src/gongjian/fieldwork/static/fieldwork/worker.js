/* Stands in for the network below /field/: the product's own files from the phone, pages from the network first and from the phone without it.
 * Pages are kept in one drawer, which is its owner's: another person's page, a sign-out or an expired session empties it. */
import { sendAll } from "./sending.js";

const SHELLS = "gongjian-shell:";
const PAGES = "gongjian-pages:";
const KEPT_FOR = 12 * 3_600_000; /* milliseconds: no longer than a session; the two forms, which tell nothing, stay */
const MOST_PAGES = 60;
const PATIENCE = 8_000; /* milliseconds to wait for a network that hardly is one, where there is something kept to show */
const AWAY = new Set([502, 503, 504]); /* a gateway's answers when nobody is behind it */
const HIDDEN = " data-kept hidden>";

/* ``told``: version, shell (addresses of files), home, fallback, forms (pages that are the same whatever is asked of them) */
export function begin(worker, told) {
  const drawer = new Drawer(told);
  worker.addEventListener("install", (event) => {
    worker.skipWaiting();
    event.waitUntil(layShell(told));
  });
  worker.addEventListener("activate", (event) => event.waitUntil(dropOldShells(told).then(() => worker.clients.claim())));
  worker.addEventListener("fetch", (event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (request.method !== "GET" || url.origin !== worker.location.origin) return;
    if (request.mode === "navigate" && url.pathname.startsWith(told.home)) event.respondWith(drawer.page(request));
    else if (told.shell.includes(url.pathname)) event.respondWith(fromShell(request, told));
  });
  worker.addEventListener("message", (event) => {
    if (event.data?.warm) event.waitUntil(drawer.warm(event.data.warm, event.data.also));
  });
  worker.addEventListener("sync", (event) => event.waitUntil(sendAll({ hello: `${told.home}hello/`, drafts: `${told.home}drafts/` })));
}

async function layShell(told) {
  const shell = await caches.open(SHELLS + told.version);
  await shell.addAll([...told.shell, told.fallback].map((address) => new Request(address, { cache: "reload" })));
}

async function dropOldShells(told) {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(SHELLS) && name !== SHELLS + told.version).map((name) => caches.delete(name)));
}

async function fromShell(request, told) {
  const shell = await caches.open(SHELLS + told.version);
  return (await shell.match(request, { ignoreSearch: true })) || fetch(request);
}

class Drawer {
  constructor(told) {
    this.told = told;
  }

  async page(request) {
    const kept = await this.kept(request);
    try {
      const answer = await patiently(fetch(request), kept ? PATIENCE : null);
      if (answer.type === "opaqueredirect") await this.empty(); /* signed out */
      if (AWAY.has(answer.status) && kept) return kept;
      if (!new URL(request.url).searchParams.has("draft")) await this.keep(request.url, answer);
      return answer;
    } catch {
      return kept || (await caches.match(this.told.fallback)) || Response.error();
    }
  }

  /* a page says whose it is; one that does not is not kept */
  async keep(address, answer) {
    const owner = answer.headers.get("X-Field-User");
    if (!answer.ok || !owner) return;
    await this.empty(owner);
    const pages = await caches.open(PAGES + owner);
    const headers = new Headers(answer.headers);
    headers.set("X-Kept-At", Date.now());
    await pages.put(address, new Response(await answer.clone().blob(), { headers }));
    const known = await pages.keys();
    await Promise.all(known.slice(0, Math.max(0, known.length - MOST_PAGES)).map((old) => pages.delete(old)));
  }

  /* everybody's pages but the owner's */
  async empty(owner = null) {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith(PAGES) && name !== PAGES + owner).map((name) => caches.delete(name)));
  }

  /* what is kept of a page, with the bar that says how old it is; undefined where nothing is, or it is too old */
  async kept(request) {
    const { pathname, searchParams } = new URL(request.url);
    const isForm = this.told.forms.includes(pathname);
    const isSame = isForm || pathname === this.told.home || searchParams.has("draft"); /* whatever is asked of it */
    const found = (await this.match(request.url, false)) || (isSame ? await this.match(request.url, true) : undefined);
    if (!found || (!isForm && Date.now() - Number(found.headers.get("X-Kept-At")) > KEPT_FOR)) return undefined;
    const words = (await found.text()).replace(HIDDEN, " data-kept>");
    return new Response(words, { headers: found.headers });
  }

  async match(address, ignoreSearch) {
    for (const name of (await caches.keys()).filter((one) => one.startsWith(PAGES))) {
      const found = await (await caches.open(name)).match(address, { ignoreSearch });
      if (found) return found;
    }
    return undefined;
  }

  /* what must be there when the network goes, though nobody opened it yet */
  async warm(owner, also = []) {
    for (const address of [this.told.home, ...this.told.forms, ...also]) {
      const full = new URL(address, self.location.origin).href;
      if (await (await caches.open(PAGES + owner)).match(full)) continue;
      const answer = await fetch(full, { redirect: "manual", credentials: "same-origin" }).catch(() => null);
      if (answer?.headers.get("X-Field-User") === owner) await this.keep(full, answer);
    }
  }
}

const patiently = (promise, patience) =>
  patience ? Promise.race([promise, new Promise((_, reject) => setTimeout(() => reject(new Error("too slow")), patience))]) : promise;
