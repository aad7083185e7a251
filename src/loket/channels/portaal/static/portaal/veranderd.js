// Tells, while a page is open, that something of one's own changed; what it is the page itself says.
"use strict";

{
  const place = document.getElementById("veranderd");
  const notice = document.getElementById("veranderd-melding");
  const FIRST_PAUSE = 1000;
  const LAST_PAUSE = 5 * 60 * 1000;
  let ticket = place.dataset.kaartje;
  let pause = FIRST_PAUSE;

  const tell = () => {
    if (!place.childElementCount) {
      place.append(notice.content.cloneNode(true));
    }
  };

  // A ticket is for one connection; each connection begins with the next one.
  const listen = () => {
    const query = new URLSearchParams({ kaartje: ticket });
    const source = new EventSource(`${place.dataset.stroom}/events/mijn?${query}`);
    source.addEventListener("kaartje", (event) => {
      ticket = event.data;
      pause = FIRST_PAUSE;
    });
    source.addEventListener("verandering", tell);
    source.addEventListener("error", () => {
      source.close();
      if (pause < LAST_PAUSE) {
        window.setTimeout(listen, pause);
        pause *= 2;
      }
    });
  };

  if (ticket && "EventSource" in window) {
    listen();
  }
}
