// Sends files as soon as they are chosen, and shows how far it is. Without it a button does so.
"use strict";

for (const part of document.querySelectorAll("[data-opladen]")) {
  const input = part.querySelector("input[type=file]");
  const list = part.querySelector("[data-lijst]");
  const stand = part.querySelector("[data-stand]");
  const bar = stand.querySelector("progress");
  const told = part.querySelector("[data-bericht]");
  const words = part.dataset;
  const say = (text, file) => text.replace("%s", file.name);

  let stop = () => {};
  part.querySelector("[data-stop]").addEventListener("click", () => stop());

  const send = (file) =>
    new Promise((resolve) => {
      if (file.size > Number(words.grens) * 1024 * 1024) {
        resolve([say(words.teGroot, file)]);
        return;
      }
      const form = new FormData();
      form.append("csrfmiddlewaretoken", input.form.elements.csrfmiddlewaretoken.value);
      form.append("veld", words.veld);
      const kind = part.querySelector("select");
      if (kind) {
        form.append("soort", kind.value);
      }
      form.append(input.name, file);
      const request = new XMLHttpRequest();
      request.open("POST", words.opladen);
      request.upload.addEventListener("progress", (event) => {
        bar.value = event.lengthComputable ? (100 * event.loaded) / event.total : 0;
      });
      request.addEventListener("error", () => resolve([say(words.mislukt, file)]));
      request.addEventListener("abort", () => resolve([say(words.gestopt, file)]));
      stop = () => request.abort();
      request.addEventListener("load", () => {
        if (![200, 400].includes(request.status) || !request.responseURL.endsWith(words.opladen)) {
          resolve([say(words.mislukt, file)]);
          return;
        }
        const answer = new DOMParser().parseFromString(request.responseText, "text/html");
        const faults = [...answer.querySelectorAll("[data-fout]")].map((each) => {
          each.remove();
          return each.textContent;
        });
        list.replaceChildren(...answer.body.childNodes);
        resolve(faults);
      });
      request.send(form);
    });

  const sendAll = async (files) => {
    const faults = [];
    const added = [];
    stand.hidden = files.length === 0;
    for (const file of files) {
      bar.value = 0;
      stand.querySelector("[data-deel]").textContent = say(words.bezig, file);
      const wrong = await send(file);
      faults.push(...wrong);
      if (wrong.length === 0) {
        added.push(say(words.klaar, file));
      }
      told.textContent = [...faults, ...added].join(" ");
      told.classList.toggle("utrecht-form-field-error-message", faults.length > 0);
    }
    stand.hidden = true;
  };

  let waiting = 0;
  let sent = Promise.resolve();

  part.querySelector("[data-toevoegen]").hidden = true;
  input.addEventListener("change", () => {
    const files = [...input.files];
    input.value = ""; // what is sent here goes along with the form no more
    waiting += 1;
    sent = sent.then(() => sendAll(files)).finally(() => (waiting -= 1));
  });
  input.form.addEventListener("submit", (event) => {
    if (waiting > 0) {
      event.preventDefault();
      sent.then(() => input.form.requestSubmit(event.submitter));
    }
  });
}
