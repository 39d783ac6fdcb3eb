/** The stacked slides as a deck: one at a time, in step with a second window. */

import { all, find, need } from "../page/elements.js";
import { grow } from "./growth.js";
import { Sealed } from "./sealed.js";
import { Windows } from "./windows.js";

/** @typedef {import("./windows.js").State} State */
/** @typedef {import("./windows.js").Message} Message */

/** How long before a page that could not be had is asked for again, in milliseconds. */
const AGAIN = 3000;

export class Deck {
  constructor() {
    this.slides = all(".slide", HTMLElement);
    this.position = need("#position", HTMLElement);
    /** A phone keeps the stacked slides: they are read by scrolling there. */
    this.tall = window.matchMedia("(max-aspect-ratio: 1/1) and (max-width: 640px)");
    this.still = window.matchMedia("(prefers-reduced-motion: reduce)");
    this.name = `grille-seance-${document.body.dataset.session}`;
    this.windows = new Windows(this.name, (message) => this.follow(message));
    this.sealed = new Sealed((message) => this.windows.tell(message));
    this.current = -1;
    /** @type {((current: number, slides: HTMLElement[]) => void)[]} */
    this.listeners = [];
    /** What is done once somebody has turned a slide here; what may keep the slide for now. */
    this.turned = () => {};
    /** What is done once the slide or the black screen has changed, here or in another window of this computer. */
    this.moved = (/** @type {boolean} */ _isFromOther) => {};
    this.hold = () => false;
    /** The page that is to replace this one, once it can be had. */
    this.going = "";
  }

  /** Show the slide that the address names, alone unless the screen is tall. */
  start() {
    this.tall.addEventListener("change", () => this.settle());
    window.addEventListener("hashchange", () => this.show(this.named(), false));
    this.settle();
    if (/^(\?repetition=1)?$/.test(location.search)) {
      this.windows.tell({ hello: true }); // a window that is opened goes where the room is
    }
  }

  /** A phone that leads shows one slide at a time, as any presenter's window. */
  settle() {
    const isStacked = this.tall.matches && !find("#desk", HTMLElement);
    document.body.classList.toggle("live", !isStacked);
    if (!isStacked) {
      this.show(this.named(), false, true);
    }
  }

  /** Whether one slide is shown at a time. */
  get isLive() {
    return document.body.classList.contains("live");
  }

  /**
   * The slide that the address names, the first when it names none.
   * @returns {number}
   */
  named() {
    return Math.max(
      0,
      this.slides.findIndex((slide) => `#${slide.id}` === location.hash),
    );
  }

  /**
   * Show a slide, the nearest when there is none of that number.
   * @param {number} number from 0
   * @param {boolean} isAsked whether somebody asked here: the slide is then said to screen readers
   * @param {boolean} [isFromOther] whether another window asked: it is not informed again
   */
  show(number, isAsked, isFromOther) {
    const wanted = Math.max(0, Math.min(number, this.slides.length - 1));
    const slide = this.slides[wanted];
    if (!slide) {
      return;
    }
    if (slide.classList.contains("sealed")) {
      this.sealed.open(() => this.opened(wanted, isAsked, isFromOther));
      if (this.current >= 0) {
        return;
      }
    }
    if (wanted !== this.current) {
      this.turn(wanted, slide);
    }
    if (isAsked) {
      slide.focus({ preventScroll: true });
      this.position.textContent = need(".count", HTMLElement, slide).textContent;
    }
    this.changed(isFromOther);
  }

  /**
   * What the room guessed is there.
   * @param {number} wanted
   * @param {boolean} isAsked
   * @param {boolean} [isFromOther]
   */
  opened(wanted, isAsked, isFromOther) {
    this.slides = all(".slide", HTMLElement);
    if (wanted === this.current) {
      this.current = -1; // the slide that stood there, empty, was replaced
    }
    this.show(wanted, isAsked, isFromOther);
  }

  /**
   * @param {number} wanted
   * @param {HTMLElement} slide
   */
  turn(wanted, slide) {
    this.slides[this.current]?.classList.remove("current");
    slide.classList.add("current");
    const isForward = this.current >= 0 && this.current <= wanted;
    if (isForward && !this.still.matches && !slide.classList.contains("slide-retained")) {
      grow(slide);
    }
    this.current = wanted;
    try {
      if (location.hash !== `#${slide.id}`) {
        history.replaceState(null, "", `#${slide.id}`);
      }
    } catch {
      // Old browsers change no address of a file.
    }
    document.body.classList.remove("black");
    window.scrollTo(0, 0);
  }

  /** @param {1 | -1} step */
  by(step) {
    if (step < 0 || !this.hold()) {
      this.show(this.current + step, true);
    }
  }

  /** Show what the room guesses: the first slide that waits for it. */
  revealAll() {
    if (this.hold()) {
      return;
    }
    const first = this.slides.findIndex((slide) => slide.classList.contains("sealed"));
    if (first >= 0) {
      this.show(first, true);
    }
  }

  /** Make the screen black, or not. */
  toggleBlack() {
    document.body.classList.toggle("black");
    this.changed();
  }

  /** @param {boolean} [isFromOther] */
  changed(isFromOther) {
    for (const listener of this.listeners) {
      listener(this.current, this.slides);
    }
    if (!isFromOther && this.isLive) {
      this.tell();
      this.turned();
    }
    if (this.isLive) {
      this.moved(Boolean(isFromOther));
    }
  }

  /**
   * Call a function with where the deck is, now and whenever it changes.
   * @param {(current: number, slides: HTMLElement[]) => void} listener
   */
  listen(listener) {
    this.listeners.push(listener);
    listener(this.current, this.slides);
  }

  /** Say to the other windows where this one is. */
  tell() {
    this.windows.tell(this.place());
  }

  /**
   * Where this window is.
   * @returns {State}
   */
  place() {
    return { at: this.current, black: document.body.classList.contains("black"), query: location.search };
  }

  /** Say to the other windows that the decisions have changed. */
  tellDecided() {
    this.windows.tell({ decided: true });
  }

  /** @param {Message} message */
  follow(message) {
    if (!message || this.sealed.hear(message) || !this.isLive) {
      return;
    }
    if ("hello" in message) {
      this.tell();
    } else if ("decided" in message) {
      this.refresh();
    } else if (!("at" in message)) {
      return;
    } else if (message.query !== location.search) {
      this.reach(`${location.pathname}${message.query}#s${message.at + 1}`);
    } else {
      this.show(message.at, false, true);
      document.body.classList.toggle("black", message.black);
    }
  }

  /** Another window has kept a decision, or taken one back. */
  refresh() {
    fetch(location.href)
      .then((answer) => {
        if (!answer.ok) {
          throw answer;
        }
        return answer.text();
      })
      .then((html) => {
        const other = new DOMParser().parseFromString(html, "text/html").getElementById("decided");
        const mine = find("#decided", HTMLElement);
        if (other && mine) {
          mine.innerHTML = other.innerHTML;
        }
      })
      .catch(() => {
        setTimeout(() => this.refresh(), AGAIN);
      });
  }

  /**
   * Other years and colleges: the room keeps its slide until the page that replaces it can be had.
   * @param {string} address
   */
  reach(address) {
    this.going = address;
    fetch(address)
      .then((answer) => {
        if (!answer.ok) {
          throw answer;
        }
        if (this.going === address) {
          location.replace(address);
        }
      })
      .catch(() => {
        setTimeout(() => {
          if (this.going === address) {
            this.reach(address);
          }
        }, AGAIN);
      });
  }
}
