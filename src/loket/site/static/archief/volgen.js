// Follows the carrying out of a list: asks how far it is, and shows the page anew when it is done.
"use strict";

{
  const region = document.querySelector("[data-volg]");
  const PAUSE = 2000;

  const look = async () => {
    const answer = await fetch(region.dataset.volg).catch(() => null);
    if (answer && (answer.redirected || answer.status === 403)) {
      return; // logged out: the link on the page leads on
    }
    if (answer && answer.ok) {
      const told = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (told.querySelector("[data-klaar]")) {
        window.location.reload();
        return;
      }
      region.replaceChildren(...told.body.childNodes);
    }
    window.setTimeout(look, PAUSE);
  };

  window.setTimeout(look, PAUSE);
}
