/* The phone's own store: drafts with their photos, and a few words remembered. Pages and the worker use it alike. */
const NAME = "gongjian-field";
const KEPT_DAYS = 3; /* for which an arrived draft stays in the queue's list, without its photos */
const channel = "BroadcastChannel" in self ? new BroadcastChannel(NAME) : null;
let opened = null;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("drafts", { keyPath: "key" }).createIndex("user", "user");
      asked.result.createObjectStore("words");
    };
    asked.onsuccess = () => {
      asked.result.onversionchange = () => {
        asked.result.close();
        opened = null;
      };
      resolve(asked.result);
    };
    asked.onerror = () => {
      opened = null;
      reject(asked.error);
    };
  });
  return opened;
}

/* the result of ``act`` once the whole transaction is on the disk: a quota is refused only then */
async function within(name, mode, act) {
  const tx = (await open()).transaction(name, mode, { durability: "strict" });
  return new Promise((resolve, reject) => {
    let asked = null;
    tx.oncomplete = () => resolve(asked?.result);
    tx.onabort = () => reject(tx.error || asked?.error || new DOMException("aborted", "AbortError"));
    asked = act(tx.objectStore(name));
  });
}

const changed = () => channel?.postMessage("changed");

/* called whenever any tab, or the worker, changed a draft */
export function onChange(act) {
  if ("BroadcastChannel" in self) new BroadcastChannel(NAME).addEventListener("message", act);
}

/* somebody's drafts, the oldest first; those that arrived long ago are gone */
export async function draftsOf(user) {
  const found = (await within("drafts", "readonly", (store) => store.index("user").getAll(user))) || [];
  const oldest = Date.now() - KEPT_DAYS * 86_400_000;
  const gone = found.filter((draft) => draft.state === "arrived" && draft.arrivedAt < oldest);
  for (const { key } of gone) await within("drafts", "readwrite", (store) => store.delete(key));
  return found.filter((draft) => !gone.includes(draft)).sort((one, other) => one.madeAt - other.madeAt);
}

export const draftCalled = (key) => within("drafts", "readonly", (store) => store.get(key));

export async function keep(draft) {
  await within("drafts", "readwrite", (store) => store.put(draft));
  changed();
}

/* ``edit`` gets the draft as it is now and gives it as it shall be, or nothing to leave it; all in one transaction */
export async function change(key, edit) {
  await within("drafts", "readwrite", (store) => {
    const asked = store.get(key);
    asked.onsuccess = () => {
      const made = asked.result && edit(asked.result);
      if (made) store.put(made);
    };
    return asked;
  });
  changed();
}

export async function drop(key) {
  await within("drafts", "readwrite", (store) => store.delete(key));
  changed();
}

export const remember = (name, value) => within("words", "readwrite", (store) => store.put(value, name));
export const recall = (name) => within("words", "readonly", (store) => store.get(name));
export const forget = (name) => within("words", "readwrite", (store) => store.delete(name));

export const isFull = (error) => error?.name === "QuotaExceededError" || /quota/i.test(error?.message || "");
