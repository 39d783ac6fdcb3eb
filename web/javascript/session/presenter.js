/** The presenter's window: the notes of the slide, the next one, and how long it has been. */

import { need } from "../page/elements.js";

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
  });
  need("#on", HTMLElement).addEventListener("click", () => deck.by(1));
  need("#back", HTMLElement).addEventListener("click", () => deck.by(-1));
  count();
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

/** Show how long the séance has lasted, from now or from when somebody says. */
function count() {
  const elapsed = need("#elapsed", HTMLElement);
  let begun = Date.now();
  const tick = () => {
    const seconds = Math.floor((Date.now() - begun) / 1000);
    const rest = seconds % 60;
    elapsed.textContent = `${Math.floor(seconds / 60)}:${rest < 10 ? "0" : ""}${rest}`;
  };
  need("#restart", HTMLElement).addEventListener("click", () => {
    begun = Date.now();
    tick();
  });
  setInterval(tick, 1000);
}
