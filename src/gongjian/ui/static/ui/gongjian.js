/* Small comforts. Every page works without this file. */
(() => {
  "use strict";

  const typing = (node) => node.closest("input, textarea, select, [contenteditable]");
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  /* keys: / to search, j and k from measure to measure, Enter opens, Escape closes what is open */
  const step = (by) => {
    const rows = all(".measure, [data-row]").filter((row) => row.offsetParent);
    if (!rows.length) return;
    const here = rows.findIndex((row) => row.classList.contains("is-here"));
    const next = rows[Math.min(Math.max(here + by, 0), rows.length - 1)];
    rows[here]?.classList.remove("is-here");
    next.classList.add("is-here");
    next.scrollIntoView({ block: "nearest" });
    (next.querySelector("a.digest") || next.querySelector("a"))?.focus({ preventScroll: true });
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") return closeAll();
    if (typing(event.target)) return;
    const act = {
      "/": () => document.querySelector("[data-seek]")?.focus(),
      j: () => step(1),
      k: () => step(-1),
    }[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });

  /* what opens under a word closes when one goes elsewhere; opened from the keyboard, it gives the focus back */
  const DROPS = "details.drop[open], details.why[open]";
  const closeAll = () =>
    all(DROPS).forEach((drop) => {
      const inside = drop.contains(document.activeElement);
      drop.open = false;
      if (inside) drop.querySelector("summary").focus();
    });
  document.addEventListener("click", (event) => {
    all(DROPS).forEach((drop) => {
      if (!drop.contains(event.target)) drop.open = false;
    });
  });
  document.addEventListener(
    "toggle",
    (event) => {
      const body = event.target.open && event.target.querySelector(".why-body");
      if (!body) return;
      const box = body.getBoundingClientRect();
      body.classList.toggle("to-left", box.right > document.documentElement.clientWidth - 8);
    },
    true,
  );

  /* a filter acts when it is changed; text acts on Enter */
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-auto-submit]");
    if (form && event.target.type !== "search" && event.target.type !== "text") form.requestSubmit();
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-auto-submit]");
    if (form) all("input, select", form).forEach((box) => (box.disabled = box.disabled || !box.value));
  });
  window.addEventListener("pageshow", () => all("form[data-auto-submit] :disabled").forEach((box) => (box.disabled = false)));

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
    const fill = event.target.closest("[data-fill]");
    if (fill) fillIn(fill.dataset.fill, fill.dataset.secret || "");
  });
  const fillIn = (name, secret) => {
    const form = document.querySelector("form");
    form.querySelector("[name=login]").value = name;
    if (secret) form.querySelector("[type=password]").value = secret;
    form.querySelector("button").focus();
  };

  /* drafts: what is typed into [data-draft] stays in this browser until it has been handed in */
  const PREFIX = "gongjian:";
  const store = (act) => {
    try {
      return act(window.localStorage);
    } catch {
      return null; /* a browser that keeps nothing: the page still works */
    }
  };
  const keyOf = (box) => PREFIX + location.pathname + ":" + box.dataset.draft;
  const noteOf = (box) => {
    let note = box.parentElement.parentElement.querySelector(".draft-note");
    if (!note) {
      note = document.createElement("p");
      note.className = "fine draft-note";
      note.setAttribute("role", "status");
      box.parentElement.after(note);
    }
    return note;
  };
  /* a draft is kept with the version of what it was written over: over anything newer it is offered, never laid by itself */
  const versionOf = (box) => box.form?.elements.version?.value ?? "";
  const takeBack = (box, words) => {
    box.value = words;
    noteOf(box).textContent = "已取回上次没有提交的草稿。";
  };
  const offer = (box, words) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-link", textContent: "换成草稿" });
    button.addEventListener("click", () => takeBack(box, words));
    noteOf(box).replaceChildren("这台电脑还存着您没有提交的草稿。", button);
  };
  const restore = (root) =>
    all("[data-draft]", root).forEach((box) => {
      const kept = store((s) => JSON.parse(s.getItem(keyOf(box))));
      if (!kept || kept.words === box.value) return;
      const act = !box.value.trim() || kept.version === versionOf(box) ? takeBack : offer;
      act(box, kept.words);
    });
  let later;
  document.addEventListener("input", (event) => {
    const box = event.target;
    if (!box.dataset?.draft) return;
    clearTimeout(later);
    later = setTimeout(() => {
      const kept = JSON.stringify({ version: versionOf(box), words: box.value });
      store((s) => (box.value.trim() ? s.setItem(keyOf(box), kept) : s.removeItem(keyOf(box))));
      noteOf(box).textContent = "草稿已存在这台电脑的浏览器里。";
    }, 600);
  });
  /* a page says with [data-draft-done="/its/path/:"] that what was typed there has arrived */
  const forget = (root) =>
    all("[data-draft-done]", root).forEach((node) => {
      const done = (key) => key.startsWith(PREFIX + node.dataset.draftDone);
      store((s) => Object.keys(s).filter(done).forEach((key) => s.removeItem(key)));
    });

  /* signing out: pages a phone kept for when there is no network are forgotten first; drafts stay, and are their writer's alone */
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-forget-kept]");
    if (!form || !window.caches) return;
    event.preventDefault();
    const kept = (name) => name.startsWith("gongjian-pages:");
    caches
      .keys()
      .then((names) => Promise.all(names.filter(kept).map((name) => caches.delete(name))))
      .finally(() => form.submit());
  });

  /* htmx: the page stays where it was, new parts get the same comforts */
  let height = null;
  document.addEventListener("htmx:beforeSwap", () => (height = window.scrollY));
  document.addEventListener("htmx:afterSwap", (event) => {
    forget(event.target);
    restore(event.target);
    if (height !== null && !event.detail.requestConfig?.boosted) window.scrollTo({ top: height });
    height = null;
  });

  forget(document);
  restore(document);
})();
