/** A phone of the room: follows the screen, sends what is chosen, and keeps it while there is no network. */

import { isOurs, Patience } from "../page/answers.js";
import { find, need, said } from "../page/elements.js";
import { encoded, post } from "../page/forms.js";
import { remember } from "../page/storage.js";
import { prepare } from "./choices.js";
import { draftOf, keepDraft, refill } from "./drafts.js";

/** How often the room is looked at, in milliseconds; phones that came together do not all ask together. */
const EVERY = 2000;

/** @typedef {{ problems: string[], status: string }} Reply */

/**
 * The name under which a phone keeps its address in a room.
 * @param {string} code
 * @returns {string}
 */
export function known(code) {
  return `grille-salle-${code}`;
}

export class Phone {
  /** @param {HTMLElement} page */
  constructor(page) {
    this.page = page;
    this.code = said(page, "room");
    this.version = said(page, "version");
    this.patience = new Patience(1000, 8000);
    this.isSending = false;
    this.isAsking = false;
    /** @type {number | undefined} */
    this.timer = undefined;
    /** @type {number | undefined} */
    this.again = undefined;
  }

  start() {
    if (said(this.page, "ended")) {
      remember("localStorage", known(this.code), null);
    } else {
      remember("localStorage", known(this.code), location.pathname);
    }
    this.ready();
    document.addEventListener("visibilitychange", () => this.back());
    window.addEventListener("online", () => this.back());
    this.later();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.ask(), EVERY * (0.75 + Math.random() / 2));
  }

  /** The phone is unlocked, or the network is back. */
  back() {
    this.patience.reset();
    this.send();
    this.ask();
  }

  /**
   * The question that is on the page, empty when there is none.
   * @returns {string}
   */
  get asked() {
    return said(this.page, "asked");
  }

  /** What stands on the page is made easy to use; what was chosen before comes back. */
  ready() {
    const refresh = find(".refresh", HTMLElement);
    if (refresh) {
      refresh.hidden = true;
    }
    const form = find("#reponse", HTMLFormElement);
    if (!form) {
      return;
    }
    const draft = draftOf(this.code, this.asked);
    if (draft) {
      refill(form, draft.body);
    }
    prepare(this.page, form);
    form.addEventListener("input", () => this.keep(form, false));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.keep(form, true);
      this.patience.reset();
      this.send();
    });
    if (draft?.isWanted) {
      this.send();
    }
  }

  /**
   * @param {HTMLFormElement} form
   * @param {boolean} isWanted
   */
  keep(form, isWanted) {
    keepDraft(this.code, this.asked, { body: encoded(form), isWanted });
  }

  /**
   * @param {string} words
   * @param {boolean} isWaiting
   */
  say(words, isWaiting) {
    const status = find(".foot .status", HTMLElement);
    if (status) {
      status.textContent = words;
      status.className = isWaiting ? "status waiting" : "status";
    }
  }

  /** One request at a time: a double click sends once, and the last choice is the one that counts. */
  send() {
    clearTimeout(this.again);
    const question = this.asked;
    const draft = question ? draftOf(this.code, question) : null;
    if (!draft?.isWanted || this.isSending) {
      return;
    }
    this.isSending = true;
    this.say(said(this.page, "saving"), true);
    post(location.pathname, this.withToken(draft.body))
      .then((answer) => {
        if (!isOurs(answer) || answer.status >= 500 || answer.status === 429) {
          throw answer;
        }
        return answer.json();
      })
      .then((/** @type {Reply} */ reply) => {
        this.isSending = false;
        this.answered(question, draft.body, reply);
      })
      .catch(() => {
        this.isSending = false;
        this.say(said(this.page, "unsaved"), true);
        this.again = window.setTimeout(() => this.send(), this.patience.next());
      });
  }

  /**
   * @param {string} body
   * @returns {string}
   */
  withToken(body) {
    const token = find("#reponse [name=csrf_token]", HTMLInputElement);
    const fields = new URLSearchParams(body);
    if (token) {
      fields.set("csrf_token", token.value);
    }
    return fields.toString();
  }

  /**
   * @param {string} question
   * @param {string} body
   * @param {Reply} reply
   */
  answered(question, body, reply) {
    this.patience.reset();
    const draft = draftOf(this.code, question);
    const isLast = draft?.body === body;
    if (draft && isLast) {
      keepDraft(this.code, question, reply.problems.length ? { body, isWanted: false } : null);
    }
    if (question === this.asked) {
      need("#problemes", HTMLElement).textContent = reply.problems.join(" ");
      const nobody = find(".nobody", HTMLElement);
      if (nobody && reply.problems.length) {
        nobody.hidden = false;
      }
      this.say(reply.status, reply.problems.length > 0);
    }
    if (!isLast) {
      this.send();
    }
  }

  /** Look whether the room has gone on: nothing comes back while nothing moves. */
  ask() {
    if (document.hidden || this.isAsking) {
      this.later();
      return;
    }
    this.isAsking = true;
    const headers = { "If-None-Match": `"${this.version}"` };
    fetch(said(this.page, "state"), { headers, cache: "no-store", credentials: "same-origin" })
      .then((answer) => {
        if (!isOurs(answer) || answer.status >= 400) {
          throw answer;
        }
        this.sayLost("");
        return answer.status === 304 ? null : this.follow();
      })
      .catch(() => this.sayLost(said(this.page, "lost")))
      .then(() => {
        this.isAsking = false;
        this.later();
      });
  }

  /** @param {string} words */
  sayLost(words) {
    const place = find(".lost", HTMLElement);
    if (place && place.textContent !== words) {
      place.textContent = words;
    }
  }

  /**
   * Have the page that the room is at; a question that is still asked keeps what is being chosen.
   * @returns {Promise<void>}
   */
  follow() {
    return fetch(location.pathname, { cache: "no-store", credentials: "same-origin" })
      .then((answer) => {
        if (!isOurs(answer) || answer.status >= 500) {
          throw answer;
        }
        return answer.text();
      })
      .then((html) => {
        const next = new DOMParser().parseFromString(html, "text/html");
        const fresh = next.getElementById("salle");
        if (!fresh) {
          throw new Error("another page");
        }
        this.version = said(fresh, "version");
        if (!said(fresh, "asked") || said(fresh, "asked") !== this.asked) {
          this.swap(next, document.adoptNode(fresh));
        }
      });
  }

  /**
   * @param {Document} next
   * @param {HTMLElement} fresh
   */
  swap(next, fresh) {
    document.title = next.title;
    document.body.className = next.body.className;
    this.page.replaceWith(fresh);
    this.page = fresh;
    window.scrollTo(0, 0);
    need("#contenu", HTMLElement).focus({ preventScroll: true });
    this.ready();
  }
}
