/** What the presenter does about what the room is asked: reveal, count hands, read words. */

import { all, find, said } from "../page/elements.js";

export class Desk {
  /** @param {HTMLElement} place */
  constructor(place) {
    this.place = place;
    /** What stands there now, and for which question. */
    this.html = "";
    this.question = "";
  }

  /**
   * Show the acts of a question; nothing moves under a hand that types.
   * @param {string} question
   * @param {string} html
   */
  show(question, html) {
    if (this.html === html || (question === this.question && this.isHeld)) {
      return;
    }
    this.html = html;
    this.question = question;
    const next = new DOMParser().parseFromString(html, "text/html");
    const list = find(".reading", HTMLElement, this.place);
    const fresh = find(".reading", HTMLElement, next);
    if (list && fresh) {
      keepPlaces(list, fresh);
      this.count(find("[data-count]", HTMLElement, next)?.textContent || "");
    } else {
      this.place.innerHTML = html;
    }
  }

  /**
   * Whether somebody is counting hands there.
   * @returns {boolean}
   */
  get isHeld() {
    return find("details[open]", HTMLElement, this.place) !== null;
  }

  /** @param {string} words */
  count(words) {
    const count = find("[data-count]", HTMLElement, this.place);
    if (count) {
      count.textContent = words;
    }
  }

  /**
   * The server has done it, or says why not.
   * @param {string} problem
   */
  done(problem) {
    if (!problem) {
      for (const details of all("details[open]", HTMLDetailsElement, this.place)) {
        details.open = false;
      }
    }
    this.html = "?";
    this.say(problem);
  }

  /** @param {string} words */
  say(words) {
    const place = find(".problem", HTMLElement, this.place) || document.createElement("p");
    place.className = "problem";
    place.textContent = words;
    this.place.appendChild(place);
  }
}

/**
 * What is to be read keeps its place under the hand that judges it: rows go and come, none is moved.
 * @param {HTMLElement} list
 * @param {HTMLElement} fresh
 */
function keepPlaces(list, fresh) {
  const rows = all("li", HTMLElement, fresh);
  const wanted = rows.map((row) => said(row, "id"));
  const known = all("li", HTMLElement, list).map((row) => {
    if (wanted.indexOf(said(row, "id")) < 0) {
      row.remove();
    }
    return said(row, "id");
  });
  for (const row of rows) {
    if (known.indexOf(said(row, "id")) < 0) {
      list.appendChild(document.adoptNode(row));
    }
  }
}
