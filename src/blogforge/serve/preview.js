// Keeps the page in the browser as fresh as its sources. Part of the preview, never published.
(() => {
  "use strict";
  const script = document.currentScript;
  const KEPT = "blogforge-scroll";
  let seen = script.dataset.seen;
  let events = null;

  // ------------------------------------------------------------ where the reader was

  function reload() {
    const place = { url: location.href, x: scrollX, y: scrollY };
    sessionStorage.setItem(KEPT, JSON.stringify(place));
    location.reload();
  }

  function restore() {
    const place = JSON.parse(sessionStorage.getItem(KEPT) || "{}");
    sessionStorage.removeItem(KEPT);
    if (place.url !== location.href) return;
    const back = () => scrollTo({ left: place.x, top: place.y, behavior: "instant" });
    history.scrollRestoration = "manual";
    back(); // before the first paint
    addEventListener("load", () => {
      back(); // pictures without a size may have moved it
      history.scrollRestoration = "auto";
    });
  }

  // ------------------------------------------------------------ changes

  function swapStyles(pairs) {
    const renamed = new Map(pairs);
    for (const link of document.querySelectorAll('link[rel~="stylesheet"]')) {
      const next = renamed.get(new URL(link.href).pathname);
      if (!next) continue;
      const fresh = link.cloneNode();
      fresh.href = next;
      fresh.addEventListener("load", () => link.remove());
      link.after(fresh);
    }
  }

  // A hidden page listens to nothing: browsers allow six streams to one server. What it missed it
  // is told when it is seen again, since it says which page it has.
  function listen() {
    if (document.hidden || events) return;
    const query = new URLSearchParams({ page: location.pathname, seen });
    events = new EventSource(`${script.dataset.events}?${query}`);
    events.addEventListener("reload", reload);
    events.addEventListener("styles", (event) => {
      seen = event.lastEventId;
      swapStyles(JSON.parse(event.data));
    });
  }

  function rest() {
    events?.close();
    events = null;
  }

  // ------------------------------------------------------------ badges

  function mark() {
    const data = document.getElementById("blogforge-badges");
    const words = new Map(Object.entries(JSON.parse(data?.textContent || "{}")));
    for (const link of document.querySelectorAll("a[href]")) {
      const text = words.get(link.getAttribute("href"));
      if (!text) continue;
      const badge = document.createElement("span");
      badge.textContent = text;
      badge.className = "blogforge-badge";
      badge.style.cssText =
        "display:inline-block;margin-inline-start:.5em;padding:.1em .6em;border-radius:1em;" +
        "background:#ffd54a;color:#201a00;font:bold 12px/1.5 system-ui,sans-serif;" +
        "vertical-align:middle;text-transform:none;letter-spacing:normal";
      (link.querySelector("h1, h2, h3, h4, h5, h6") || link).append(badge);
    }
  }

  function closeMistakes(event) {
    if (event.key !== "Escape") return;
    document.querySelector("blogforge-preview")?.shadowRoot?.querySelector("dialog")?.close();
  }

  restore();
  mark();
  addEventListener("keydown", closeMistakes);
  listen();
  addEventListener("pagehide", rest);
  addEventListener("pageshow", listen);
  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
})();
