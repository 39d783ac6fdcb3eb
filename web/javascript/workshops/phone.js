/** A phone in a workshop: saves each choice at once, says truly whether it is saved, and follows the group. */

import { isRefusal } from "../page/answers.js";
import { find, need, said, sender } from "../page/elements.js";
import { encoded, holdBack, post, showProblems } from "../page/forms.js";
import { remember } from "../page/storage.js";

/** How often the group is looked at, how long before a new try, how long somebody stops typing: in milliseconds. */
const EVERY = 2000;
const AGAIN = 3000;
const PAUSE = 1200;

/** @typedef {{ shown: string, status: string, problems: import("../page/forms.js").Problem[] }} Saved */

/**
 * The name under which a phone keeps the address of its response in a workshop.
 * @param {string} code
 * @returns {string}
 */
export function known(code) {
  return `grille-atelier-${code}`;
}

export class Phone {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.code = said(form, "code");
    this.skill = said(form, "skill");
    this.current = said(form, "current");
    this.status = need(".status", HTMLElement, form);
    this.elsewhere = need(".elsewhere", HTMLElement);
    this.shown = need("[name=shown]", HTMLInputElement, form);
    this.unsaved = false;
    this.refused = false;
    this.sending = false;
    /** Whether the group has gone on while something was not saved. */
    this.isAway = false;
    /** @type {number | undefined} */
    this.timer = undefined;
    /** The version of where the group is, as the server names it. @type {string | null} */
    this.tag = null;
  }

  /** Save from now on whatever changes, and go where the group goes. */
  start() {
    need(".refresh", HTMLElement).hidden = true;
    remember("localStorage", known(this.code), location.pathname);
    this.form.addEventListener("change", () => {
      this.showClear();
      this.changed(0);
    });
    this.form.addEventListener("input", (event) => {
      if (event.target instanceof HTMLTextAreaElement) {
        this.changed(PAUSE);
      }
    });
    this.form.addEventListener("submit", (event) => this.submitted(event));
    holdBack(() => (this.unsaved && !this.sending) || this.refused);
    setInterval(() => this.ask(), EVERY);
    document.addEventListener("visibilitychange", () => this.ask());
  }

  /** What clears the answer is there once there is one. */
  showClear() {
    const clear = find(".clear", HTMLElement, this.form);
    if (clear) {
      clear.hidden = !find("input[type=radio]:checked", HTMLInputElement, this.form);
    }
  }

  /** @param {number} delay milliseconds */
  changed(delay) {
    this.unsaved = true;
    this.sendIn(delay);
  }

  /** @param {Event} event */
  submitted(event) {
    if (sender(event)?.name) {
      this.unsaved = false;
      this.refused = false;
      return;
    }
    event.preventDefault();
    this.send();
  }

  /**
   * @param {string} text
   * @param {boolean} isWaiting
   */
  say(text, isWaiting) {
    this.status.textContent = text;
    this.status.className = isWaiting ? "status waiting" : "status";
  }

  /** @param {number} delay milliseconds */
  sendIn(delay) {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.send(), delay);
  }

  /** One request at a time; what changes meanwhile goes with the next. What is refused for good is read as a page. */
  send() {
    clearTimeout(this.timer);
    if (this.sending) {
      return;
    }
    this.sending = true;
    this.unsaved = false;
    this.say(said(this.form, "saving"), true);
    post(location.href, encoded(this.form))
      .then((answer) => {
        if (answer.status !== 200 && answer.status !== 422) {
          throw answer;
        }
        return answer.json();
      })
      .then((reply) => this.saved(reply))
      .catch((problem) => this.failed(problem));
  }

  /** @param {Saved} reply */
  saved(reply) {
    this.sending = false;
    this.shown.value = reply.shown;
    showProblems(this.form, reply.problems);
    this.refused = reply.problems.length > 0;
    this.say(reply.status, this.refused);
    if (this.unsaved) {
      this.send();
    } else if (this.isAway && !this.refused) {
      follow();
    }
  }

  /** @param {unknown} problem */
  failed(problem) {
    this.sending = false;
    if (isRefusal(problem)) {
      this.form.submit();
      return;
    }
    this.unsaved = true;
    this.say(said(this.form, "unsaved"), true);
    this.sendIn(AGAIN);
  }

  /** Look where the group is: nothing comes back while nothing moves. */
  ask() {
    if (document.hidden) {
      return;
    }
    const headers = Object.assign({ Accept: "application/json" }, this.tag ? { "If-None-Match": this.tag } : {});
    fetch(said(this.form, "state"), { headers, cache: "no-store", credentials: "same-origin" })
      .then((answer) => {
        if (answer.status !== 200) {
          return null;
        }
        this.tag = answer.headers.get("ETag");
        return answer.json();
      })
      .then((/** @type {{ skill: string } | null} */ reply) => {
        if (reply) {
          this.moved(reply.skill);
        }
      })
      .catch(() => {
        // Asked again soon.
      });
  }

  /** @param {string} where the skill that the group is at, empty once the workshop has ended */
  moved(where) {
    if (where === "") {
      remember("localStorage", known(this.code), null);
    }
    if (where === this.current) {
      this.isAway = false;
      this.elsewhere.hidden = true;
    } else if (where === "" || this.skill === this.current) {
      this.isAway = true;
      this.leave();
    } else if (where !== this.skill) {
      this.elsewhere.hidden = false;
    }
  }

  /** What is typed is saved before the page follows. */
  leave() {
    if (this.refused) {
      this.elsewhere.hidden = false;
    } else if (this.unsaved) {
      this.send();
    } else if (!this.sending) {
      follow();
    }
  }
}

/** Open the page that the group is at. */
function follow() {
  const plain = /[?&]lecture=facile/.test(location.search);
  location.replace(location.pathname + (plain ? "?lecture=facile" : ""));
}
