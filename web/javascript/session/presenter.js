/** The presenter's window: the notes of the slide, the next one, how long it has been, and what is left. */

import { all, need, said } from "../page/elements.js";
import { recall, remember } from "../page/storage.js";
import { entered, inWords, readTimed, remainingOf, started } from "./clock.js";

/** Notes longer than this are written smaller, in characters. */
const LONG = 250;

/**
 * Follow a deck from the presenter's window.
 * @param {import("./deck.js").Deck} deck
 */
export function present(deck) {
  document.body.classList.add("led");
  deck.listen((current, slides) => {
    slides.forEach((slide, i) => {
      slide.classList.toggle("upcoming", deck.isLive && i === current + 1);
      slide.inert = deck.isLive && i !== current;
    });
    const slide = slides[current];
    if (slide) {
      showNotes(slide);
    }
    for (const title of all("[data-title]", HTMLElement)) {
      const named = slides[current + Number(said(title, "title"))];
      title.textContent = named ? named.getAttribute("aria-label") : "";
    }
  });
  need("#on", HTMLElement).addEventListener("click", () => deck.by(1));
  need("#back", HTMLElement).addEventListener("click", () => deck.by(-1));
  count(deck);
  if (location.search) {
    deck.tell(); // the choice made here is shown there
  }
}

/** @param {HTMLElement} slide */
function showNotes(slide) {
  const notes = need("#said", HTMLElement);
  const text = (need(".notes", HTMLElement, slide).textContent || "").trim();
  notes.textContent = text;
  notes.classList.toggle("long", text.length > LONG);
}

/**
 * Show how long the séance has lasted, from now or from when somebody says, and what is left of its part and of the whole. A
 * window that is loaded again goes on.
 * @param {import("./deck.js").Deck} deck
 */
function count(deck) {
  const elapsed = need("#elapsed", HTMLElement);
  const parts = all("#plan li", HTMLElement);
  const planned = parts.map((part) => Number(said(part, "minutes")));
  const name = `${deck.name}-clock`;
  let timed = readTimed(recall("sessionStorage", name) || "") || started(Date.now());
  const tick = () => {
    const seconds = Math.floor((Date.now() - timed.begun) / 1000);
    const rest = seconds % 60;
    elapsed.textContent = `${Math.floor(seconds / 60)}:${rest < 10 ? "0" : ""}${rest}`;
    showRemaining(parts[timed.part], planned[timed.part] || 0, remainingOf(timed, planned, Date.now()));
  };
  const enter = () => {
    const key = said(deck.slides[deck.current] || document.body, "key");
    const part = parts.findIndex((one) => said(one, "slides").split(",").indexOf(key) >= 0);
    timed = entered(timed, part, Date.now());
    remember("sessionStorage", name, JSON.stringify(timed));
    tick();
  };
  need("#restart", HTMLElement).addEventListener("click", () => {
    timed = started(Date.now());
    enter();
  });
  deck.listen(enter);
  setInterval(tick, 1000);
}

/**
 * @param {HTMLElement | undefined} part
 * @param {number} planned
 * @param {import("./clock.js").Remaining} remaining
 */
function showRemaining(part, planned, remaining) {
  const place = need("#remaining", HTMLElement);
  const words = part ? said(place, remaining.left < 0 ? "over" : "part") : "";
  const values = {
    part: part ? part.textContent || "" : "",
    spent: inWords(remaining.part),
    planned: inWords(planned),
    left: inWords(Math.abs(remaining.left)),
    evening: inWords(remaining.evening),
  };
  const text = words.replace(/\{(\w+)\}/g, (_all, name) => values[/** @type {keyof typeof values} */ (name)]);
  if (place.textContent !== text) {
    place.textContent = text;
  }
  place.classList.toggle("late", remaining.left < 0);
}
