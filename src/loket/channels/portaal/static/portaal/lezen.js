// Shows a PDF in the page: drawn on a canvas, with its text over it for who selects or listens.
import {
  AnnotationMode,
  GlobalWorkerOptions,
  TextLayer,
  getDocument,
} from "./gebouwd/pdf/pdf.min.mjs";

const made = (path) => new URL(`./gebouwd/pdf/${path}`, import.meta.url).href;
const LEVELS = [1, 1.25, 1.5, 2, 3, 4];
const MOST_PIXELS = 2 ** 24;

const reader = document.getElementById("lezer");
const stage = reader.querySelector(".loket-lezer__vlak");
const sheet = reader.querySelector(".loket-lezer__vel");
const canvas = sheet.querySelector("canvas");
const text = sheet.querySelector(".loket-lezer__tekst");
const status = document.getElementById("lezer-stand");
const buttons = Object.fromEntries(
  [...reader.querySelectorAll("[data-doe]")].map((each) => [each.dataset.doe, each]),
);

let pdf;
let number = 1;
let level = 0;
let drawing = Promise.resolve();
let asked = 0;

document.getElementById("lezer-zonder").hidden = true;
GlobalWorkerOptions.workerSrc = made("pdf.worker.min.mjs");

const possible = () => ({
  vorige: number > 1,
  volgende: number < pdf.numPages,
  kleiner: level > 0,
  groter: level < LEVELS.length - 1,
});

const act = {
  vorige: () => (number -= 1),
  volgende: () => (number += 1),
  kleiner: () => (level -= 1),
  groter: () => (level += 1),
};

// One drawing at a time, and of what was asked in between only the last.
const draw = () => {
  const mine = ++asked;
  drawing = drawing.then(() => (mine === asked ? drawPage() : undefined)).catch(fail);
  return drawing;
};

const drawPage = async () => {
  const page = await pdf.getPage(number);
  const room = stage.clientWidth / page.getViewport({ scale: 1 }).width;
  const viewport = page.getViewport({ scale: room * LEVELS[level] });
  const sharp = Math.min(
    window.devicePixelRatio || 1,
    Math.sqrt(MOST_PIXELS / (viewport.width * viewport.height)),
  );
  canvas.width = Math.floor(viewport.width * sharp);
  canvas.height = Math.floor(viewport.height * sharp);
  sheet.style.width = `${Math.floor(viewport.width)}px`;
  sheet.style.height = `${Math.floor(viewport.height)}px`;
  sheet.style.setProperty("--total-scale-factor", viewport.scale);
  text.replaceChildren();
  await page.render({
    canvas,
    viewport,
    transform: [sharp, 0, 0, sharp, 0, 0],
    annotationMode: AnnotationMode.ENABLE,
  }).promise;
  await new TextLayer({
    textContentSource: page.streamTextContent(),
    container: text,
    viewport,
  }).render();
  for (const [name, can] of Object.entries(possible())) {
    buttons[name].setAttribute("aria-disabled", String(!can));
  }
  status.textContent = reader.dataset.stand
    .replace("{p}", String(number))
    .replace("{n}", String(pdf.numPages));
};

const fail = () => {
  reader.hidden = true;
  document.getElementById("lezer-fout").hidden = false;
};

const open = async () => {
  reader.hidden = false;
  // WebAssembly would need a wider policy than this page has.
  pdf = await getDocument({
    url: reader.dataset.bestand,
    cMapUrl: made("cmaps/"),
    iccUrl: made("iccs/"),
    standardFontDataUrl: made("standard_fonts/"),
    wasmUrl: made("wasm/"),
    useWasm: false,
    enableXfa: false,
  }).promise;
  for (const [name, button] of Object.entries(buttons)) {
    button.addEventListener("click", () => {
      if (possible()[name]) {
        act[name]();
        stage.scrollTo(0, 0);
        draw();
      }
    });
  }
  buttons.vorige.hidden = buttons.volgende.hidden = pdf.numPages === 1;
  let width = stage.clientWidth;
  new ResizeObserver(() => {
    if (Math.abs(stage.clientWidth - width) > 1) {
      width = stage.clientWidth;
      draw();
    }
  }).observe(stage);
  await draw();
};

open().catch(fail);
