// Shows a part of a form only when the answer that it hangs on is given. Without it the page says so.
"use strict";

for (const part of document.querySelectorAll("[data-als]")) {
  const { als, antwoord, toon } = part.dataset;
  const form = part.closest("form");

  const given = () => {
    const field = form.elements[als];
    return field.type === "checkbox" ? String(field.checked) : field.value;
  };

  // What is out of sight is not sent either: an answer to a question that was not asked.
  const adapt = () => {
    part.hidden = (given() === antwoord) !== (toon !== undefined);
    for (const each of part.querySelectorAll("input, select, textarea, button")) {
      each.disabled = part.hidden;
    }
  };

  form.addEventListener("change", adapt);
  form.addEventListener("input", adapt);
  adapt();
}
