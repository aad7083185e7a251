// Warns a citizen two minutes before the session ends, and takes the page away when it has ended.
"use strict";

{
  const dialog = document.getElementById("sessie");
  const end = Date.now() + Number(dialog.dataset.duur) * 1000;
  const WARNING = 2 * 60 * 1000;

  const check = () => {
    const left = end - Date.now();
    if (left <= 0) {
      window.location.assign(dialog.dataset.verlopen);
    } else if (left <= WARNING && !dialog.open) {
      dialog.showModal();
    }
  };

  // Escape means: go on. A request is what keeps the session alive.
  dialog.addEventListener("cancel", () => window.location.reload());
  document.addEventListener("visibilitychange", check);
  window.setInterval(check, 1000);
}
