/**
 * The same session on another computer, once somebody has linked them: the projector of the room follows the presenter, and
 * the other way round. The last gesture is the one that counts; without a network each goes on alone, and comes back into
 * step.
 */

import { isOurs } from "../page/answers.js";
import { find, said } from "../page/elements.js";

/** How often the other computers are looked at while they are linked and otherwise, in milliseconds. */
const QUICK = 500;
const SLOW = 5000;
/** For how long a gesture made here is not undone by what was true just before it, in milliseconds. */
const FRESH = 1200;

/** @typedef {{ token: string, place: import("./windows.js").State | null }} Answer */

export class Elsewhere {
  /**
   * @param {import("./deck.js").Deck} deck
   * @param {string} address
   */
  constructor(deck, address) {
    this.deck = deck;
    this.address = address;
    /** What links computers, in the presenter's window. */
    this.button = find("#link", HTMLButtonElement);
    this.isLinked = false;
    /** Whether somebody here asks that they be linked no longer. */
    this.isEnding = false;
    this.token = "";
    /** @type {string | null} */
    this.tag = null;
    /** When somebody last moved the deck here, 0 when the server has it. */
    this.waiting = 0;
    /** When the deck last moved here, by whoever. */
    this.moved = 0;
    this.isBusy = false;
    /** @type {number | undefined} */
    this.timer = undefined;
  }

  start() {
    this.deck.moved = (isFromOther) => this.noted(isFromOther);
    this.button?.addEventListener("click", () => this.pressed());
    document.addEventListener("visibilitychange", () => this.ask());
    window.addEventListener("online", () => this.ask());
    this.ask();
  }

  /** @param {boolean} isFromOther whether another window of this computer has moved: it tells the server */
  noted(isFromOther) {
    this.moved = Date.now();
    if (!isFromOther && this.isLinked) {
      this.waiting = this.moved;
      this.ask();
    }
  }

  /** Link the computers, or no longer. */
  pressed() {
    this.isEnding = this.isLinked;
    this.waiting = Date.now();
    this.ask();
  }

  /** Tell the server what it does not have yet, else look where the session is. One request at a time. */
  ask() {
    clearTimeout(this.timer);
    if (this.isBusy || (document.hidden && !this.waiting)) {
      return;
    }
    this.isBusy = true;
    const { waiting } = this;
    this.request()
      .then((answer) => {
        if (answer.status === 304) {
          return null;
        }
        if (!answer.ok || !isOurs(answer)) {
          this.token = answer.status === 400 ? "" : this.token; // one that is over is asked for again
          throw answer;
        }
        this.tag = answer.headers.get("ETag");
        return answer.json();
      })
      .then((/** @type {Answer | null} */ answered) => {
        if (this.waiting === waiting && (this.token || !waiting)) {
          this.waiting = 0;
        }
        this.heard(answered);
      })
      .catch(() => {
        this.tag = null; // said again with the next one
      })
      .then(() => {
        this.isBusy = false;
        const isLate = this.waiting > 0 && this.token !== "" && this.tag !== null;
        this.timer = window.setTimeout(() => this.ask(), isLate ? 0 : this.isLinked ? QUICK : SLOW);
      });
  }

  /**
   * @returns {Promise<Response>}
   */
  request() {
    if (!this.waiting || !this.token) {
      /** @type {Record<string, string>} */
      const headers = this.tag ? { "If-None-Match": this.tag } : {};
      return fetch(this.address, { headers, cache: "no-store", redirect: "error" });
    }
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.token };
    const how = { ago: Math.max(0, Date.now() - this.waiting), end: this.isEnding };
    const body = JSON.stringify(Object.assign(how, this.deck.place()));
    return fetch(this.address, { method: "POST", headers, body, redirect: "error" });
  }

  /** @param {Answer | null} answered null when nobody has moved the session */
  heard(answered) {
    if (!answered) {
      return;
    }
    this.token = answered.token;
    const wasLinked = this.isLinked;
    this.isLinked = answered.place !== null;
    this.say();
    if (answered.place) {
      this.follow(answered.place, wasLinked);
    }
  }

  say() {
    const { button } = this;
    const words = find("#linked", HTMLElement);
    if (button && words) {
      button.dataset.off = button.dataset.off || button.textContent || "";
      button.textContent = said(button, this.isLinked ? "on" : "off");
      words.textContent = this.isLinked ? said(words, "how") : "";
    }
  }

  /**
   * @param {import("./windows.js").State} place
   * @param {boolean} wasLinked
   */
  follow(place, wasLinked) {
    if (this.waiting || (wasLinked && Date.now() - this.moved < FRESH)) {
      this.tag = null; // looked at again once what was done here is known there
      return;
    }
    const here = this.deck.place();
    if (here.at !== place.at || here.black !== place.black || here.query !== place.query) {
      this.deck.follow(place);
    }
  }
}
