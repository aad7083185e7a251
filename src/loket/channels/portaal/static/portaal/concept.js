// Keeps what is typed until it was sent: in this tab only, for an hour, and gone at log-out.
"use strict";

{
  const PREFIX = "concept:";
  const HOLDS = 60 * 60 * 1000;
  const KEY = PREFIX + window.location.pathname;
  const { stand } = document.currentScript.dataset;
  const form = document.querySelector("form[data-concept]");
  const last = document.querySelector("form[data-verstuurt]");

  const all = () => Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));
  const read = (key) => JSON.parse(sessionStorage.getItem(key));
  const write = (key, kept) => sessionStorage.setItem(key, JSON.stringify(kept));

  // What a browser may not fill in for somebody else is not kept either.
  const fields = () =>
    [...form.elements].filter(
      (each) =>
        each.name &&
        each.autocomplete !== "off" &&
        !["button", "file", "hidden", "password", "submit"].includes(each.type),
    );
  const ticks = (each) => ["checkbox", "radio"].includes(each.type);
  const held = (each) => (ticks(each) ? each.checked : each.value);

  const keep = () => write(KEY, { op: Date.now(), velden: fields().map((each) => [each.name, held(each)]) });

  const restore = ({ velden }) => {
    const now = fields();
    if (velden.length !== now.length || now.some((each, at) => each.name !== velden[at][0])) {
      return;
    }
    const other = now.filter((each, at) => held(each) !== velden[at][1]);
    now.forEach((each, at) => (each[ticks(each) ? "checked" : "value"] = velden[at][1]));
    if (other.length > 0) {
      const told = document.createElement("p");
      told.className = "utrecht-paragraph loket-leeg";
      told.setAttribute("role", "status");
      told.textContent = form.dataset.concept;
      form.prepend(told);
    }
  };

  const begin = () => {
    for (const key of all()) {
      const kept = read(key);
      if (stand === "wis" || Date.now() - kept.op > HOLDS) {
        sessionStorage.removeItem(key);
      } else if (kept.verstuurd) {
        // The log-in page, or one with errors, comes instead of what was sent: it is still needed.
        if (stand === "uit" || (key === KEY && document.querySelector("[aria-invalid=true]"))) {
          write(key, { ...kept, verstuurd: false });
        } else {
          sessionStorage.removeItem(key);
        }
      }
    }
    const kept = form && read(KEY);
    if (kept) {
      restore(kept);
    }
    if (form) {
      form.addEventListener("input", keep);
      form.addEventListener("change", keep);
    }
  };

  // Pressed twice it is sent once; what is sent last of all need not be kept.
  const sending = () => {
    let busy = false;
    last.addEventListener("submit", (event) => {
      if (busy) {
        event.preventDefault();
        return;
      }
      busy = true;
      const kept = event.submitter?.value !== "wijzigen" && read(KEY);
      if (kept) {
        write(KEY, { ...kept, verstuurd: true });
      }
    });
    window.addEventListener("pageshow", () => (busy = false));
  };

  try {
    begin();
  } catch {
    // A browser that keeps nothing, or a draft that can't be read: one types it again.
  }
  if (last) {
    sending();
  }
  if (form || last) {
    // Going back or reloading shows the page again, and asks nobody to send a form again.
    window.history.replaceState(null, "", window.location.href);
  }
}
