// Says why the articles under "More from" are there. Part of the preview, never published.
(() => {
  "use strict";
  const script = document.currentScript;
  const KEPT = "blogforge-why";
  const kept = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  if (!script.dataset.related) return;

  const host = document.createElement("blogforge-why");
  const root = host.attachShadow({ mode: "open" });
  root.innerHTML = `<style>
    :host { all: initial; display: block; margin-block: .75rem }
    :host(.corner) { position: fixed; inset: auto .75rem .75rem auto; z-index: 2147483645; margin: 0 }
    #ask { min-height: 2rem; padding: 0 .75rem; border: 0; border-radius: 1rem; cursor: pointer;
      background: #ffd54a; color: #201a00; font: bold .875rem/1.4 system-ui, sans-serif }
    @media print { :host { display: none } }
    </style><button id="ask" type="button" aria-haspopup="dialog">Why these?</button>
    <dialog aria-labelledby="title"></dialog>`;
  const [button, dialog] = [root.querySelector("button"), root.querySelector("dialog")];

  async function explained() {
    const query = new URLSearchParams({ page: location.pathname });
    try {
      const answer = await fetch(`${script.dataset.related}?${query}`);
      return await answer.text();
    } catch {
      const close = '<form method="dialog"><button>Close</button></form>';
      return `<h2 id="title">The preview does not answer</h2>${close}`;
    }
  }

  async function open() {
    if (dialog.open || button.ariaBusy) return;
    button.ariaBusy = "true";
    dialog.innerHTML = await explained();
    button.ariaBusy = null;
    dialog.showModal();
  }

  button.addEventListener("click", open);
  // Escape closes this dialog; what lies below stays.
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  // A save reloads the page: whoever reads it then reads on.
  addEventListener("pagehide", () => dialog.open && sessionStorage.setItem(KEPT, location.href));

  const title = document.getElementById("more_from");
  title ? title.after(host) : document.body.append(host);
  host.classList.toggle("corner", !title);
  if (kept === location.href) open();
})();
