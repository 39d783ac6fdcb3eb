/**
 * The room on its phones, as the windows of the session see it: how many have answered, then what, once somebody shows it.
 * Where the room is goes to the server, for the phones that read the slide in large print.
 */

import { isOurs } from "../page/answers.js";
import { all, find, said, sender } from "../page/elements.js";
import { encoded } from "../page/forms.js";
import { Desk } from "./desk.js";
import { linesOf } from "./lines.js";

/** How often the counts are asked for, while the room answers and otherwise, in milliseconds. */
const QUICK = 400;
const SLOW = 2000;

/**
 * @typedef {object} State What the server says of the room.
 * @property {string} token
 * @property {Record<string, { count: string, html: string }>} shown by question
 * @property {Record<string, string>} desk by question
 * @property {string[]} ready the questions that the next key reveals
 * @property {boolean} begun whether the room looks at a slide already
 */

export class Audience {
  /**
   * @param {import("./deck.js").Deck} deck
   * @param {string} address
   */
  constructor(deck, address) {
    this.deck = deck;
    this.address = address;
    const desk = find("#room-desk", HTMLElement);
    this.desk = desk && new Desk(desk);
    /** @type {State | null} */
    this.state = null;
    /** @type {string | null} */
    this.tag = null;
    /** What stands in each place now, so that nothing is drawn twice. @type {Record<string, string>} */
    this.drawn = {};
    /** What stood there before anything was shown. @type {Record<string, string>} */
    this.empty = {};
    /** The question that is being revealed, and those that could not be. */
    this.revealing = "";
    /** @type {string[]} */
    this.failed = [];
    /** Where the room is, as long as the server does not know it. @type {string | null} */
    this.place = null;
    this.isTelling = false;
    this.isAsking = false;
    /** @type {number | undefined} */
    this.timer = undefined;
  }

  start() {
    this.deck.turned = () => this.turned();
    this.deck.hold = () => this.reveal();
    this.desk?.place.addEventListener("submit", (event) => this.submitted(event));
    document.addEventListener("visibilitychange", () => this.ask());
    window.addEventListener("online", () => this.ask());
    this.deck.listen(() => this.showDesk());
    this.ask();
  }

  /**
   * What the slide that is shown asks of the room; empty when it asks nothing.
   * @returns {string}
   */
  get asked() {
    const slide = this.deck.slides[this.deck.current];
    const place = slide && find(".asked", HTMLElement, slide);
    return place ? said(place, "asked") : "";
  }

  /** Ask how many have answered, now and again. */
  ask() {
    clearTimeout(this.timer);
    if (document.hidden || this.isAsking) {
      return;
    }
    this.isAsking = true;
    /** @type {Record<string, string>} */
    const headers = this.tag ? { "If-None-Match": this.tag } : {};
    fetch(`${this.address}/etat${this.desk ? "?bureau=1" : ""}`, { headers, cache: "no-store", redirect: "error" })
      .then((answer) => {
        if (answer.status === 304) {
          return null;
        }
        if (!answer.ok || !isOurs(answer)) {
          throw answer;
        }
        this.tag = answer.headers.get("ETag");
        return answer.json();
      })
      .then((/** @type {State | null} */ state) => this.heard(state))
      .catch(() => this.lost())
      .then(() => {
        this.isAsking = false;
        this.timer = window.setTimeout(() => this.ask(), this.asked ? QUICK : SLOW);
      });
  }

  /** @param {State | null} state null when nothing has changed */
  heard(state) {
    if (state) {
      const isFirst = this.state === null;
      this.state = state;
      this.show(state);
      if (isFirst && !state.begun) {
        this.turned();
      }
    }
    this.tell();
  }

  lost() {
    this.tag = null;
    for (const count of all(".asked [data-count]", HTMLElement)) {
      count.textContent = said(document.body, "lost");
    }
  }

  /** @param {State} state */
  show(state) {
    for (const place of all(".asked", HTMLElement)) {
      const key = said(place, "asked");
      const shown = state.shown[key];
      const count = find("[data-count]", HTMLElement, place);
      if (shown && count && count.textContent !== shown.count) {
        count.textContent = shown.count;
      }
      this.draw(key, find(".answers", HTMLElement, place), shown ? shown.html : "");
    }
    this.showDesk();
  }

  /**
   * @param {string} key
   * @param {HTMLElement | null} place
   * @param {string} html empty before anything is shown
   */
  draw(key, place, html) {
    if (!place) {
      return;
    }
    this.empty[key] = this.empty[key] || place.innerHTML;
    if ((this.drawn[key] || "") !== html) {
      this.drawn[key] = html;
      place.innerHTML = html || this.empty[key] || "";
    }
  }

  showDesk() {
    if (this.desk && this.state) {
      this.desk.show(this.asked, this.state.desk[this.asked] || "");
    }
  }

  /** @param {Event} event */
  submitted(event) {
    if (!(event.target instanceof HTMLFormElement)) {
      return;
    }
    event.preventDefault();
    this.send(encoded(event.target, sender(event)?.name ? sender(event) : null))
      .then((problem) => this.desk?.done(problem))
      .catch(() => this.desk?.say(said(document.body, "lost")));
  }

  /**
   * @param {string} body
   * @returns {Promise<string>} what is wrong, empty when it is done
   */
  send(body) {
    const headers = { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" };
    return fetch(this.address, { method: "POST", headers, body, redirect: "error" }).then((answer) => {
      if ((!answer.ok && answer.status !== 422) || !isOurs(answer)) {
        throw answer;
      }
      return answer.json().then((/** @type {{ problem: string }} */ reply) => {
        this.tag = null;
        this.ask();
        return reply.problem;
      });
    });
  }

  /**
   * Show what the room answered, when enough have.
   * @returns {boolean} whether the slide stays for that
   */
  reveal() {
    const key = this.asked;
    const isReady = this.state !== null && this.state.ready.indexOf(key) >= 0 && this.failed.indexOf(key) < 0;
    if (!key || !isReady || !this.state) {
      return false;
    }
    if (this.revealing !== key) {
      this.revealing = key;
      const body = `do=reveal&question=${key}&csrf_token=${encodeURIComponent(this.state.token)}`;
      this.send(body)
        .then((problem) => {
          if (problem) {
            this.failed.push(key);
          }
        })
        .catch(() => this.failed.push(key))
        .then(() => {
          this.revealing = "";
        });
    }
    return true;
  }

  /** Somebody turned the slide here. */
  turned() {
    const slide = this.deck.slides[this.deck.current];
    if (slide && this.deck.isLive) {
      this.place = JSON.stringify({ asked: this.asked, lines: linesOf(slide) });
      this.tell();
    }
  }

  /** Say where the room is, until the server has it. */
  tell() {
    const { place, state } = this;
    if (!place || !state || this.isTelling) {
      return;
    }
    this.isTelling = true;
    const headers = { "Content-Type": "application/json", "X-CSRFToken": state.token };
    fetch(`${this.address}/ici`, { method: "POST", headers, body: place, redirect: "error" })
      .then((answer) => {
        if (answer.status === 204 && this.place === place) {
          this.place = null;
        }
        this.tag = answer.status === 400 ? null : this.tag; // a token that is over is asked for again
      })
      .catch(() => {
        // Said again with the next count.
      })
      .then(() => {
        this.isTelling = false;
        if (this.place && this.place !== place) {
          this.tell();
        }
      });
  }
}
