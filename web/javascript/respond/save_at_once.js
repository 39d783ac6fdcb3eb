/** Saves every change of a page of questions at once, and says truly whether it is saved. */

import { isRefusal, Patience } from "../page/answers.js";
import { all, find, need, origin, said, sender } from "../page/elements.js";
import { encoded, holdBack, post, showFirstProblem, showProblems } from "../page/forms.js";
import { showStep } from "../page/steps.js";

/**
 * @typedef {object} Saved What the server says of what was sent.
 * @property {string} shown what the page now shows, which goes back with the next change
 * @property {string} status
 * @property {number} answered how many questions of this page are answered
 * @property {import("../page/forms.js").Problem[]} problems
 * @property {string} next the address that the button pressed leads to
 */

/** How long somebody stops typing before it is saved, in milliseconds. */
const PAUSE = 1200;

export class SavedPage {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.status = need(".status", HTMLElement, form);
    this.retry = need(".retry", HTMLButtonElement, form);
    this.shown = need("[name=shown]", HTMLInputElement, form);
    this.patience = new Patience(2000, 30000);
    this.unsaved = false;
    this.sending = false;
    this.refused = false;
    /** The button that asked to leave the page. @type {HTMLButtonElement | null} */
    this.leaving = null;
    /** @type {number | undefined} */
    this.timer = undefined;
  }

  /** Save from now on whatever changes. */
  start() {
    this.form.addEventListener("change", (event) => this.changed(event));
    this.form.addEventListener("input", (event) => this.typed(event));
    this.form.addEventListener("submit", (event) => this.submitted(event));
    this.retry.addEventListener("click", () => this.send());
    window.addEventListener("online", () => {
      if (this.unsaved) {
        this.send();
      }
    });
    holdBack(() => this.unsaved || this.sending || (this.refused && !window.keptAnswers));
  }

  /** Once offline.js is there, changes go through what this device keeps; what was begun here ends here. */
  get kept() {
    return this.unsaved || this.sending ? null : window.keptAnswers;
  }

  /** @param {Event} event */
  changed(event) {
    const question = origin(event).closest(".question");
    if (question && event.target instanceof HTMLInputElement && event.target.type === "radio") {
      need(".clear", HTMLElement, question).hidden = false;
    }
    this.keepOrSave(question);
  }

  /** @param {Element | null} question */
  keepOrSave(question) {
    const { kept } = this;
    if (question && kept) {
      kept.changed(question);
    } else {
      this.unsaved = true;
      this.sendIn(0);
    }
  }

  /** @param {Event} event */
  typed(event) {
    if (!(event.target instanceof HTMLTextAreaElement)) {
      return;
    }
    const { kept } = this;
    const question = event.target.closest(".question");
    if (question && kept) {
      kept.typed(question);
    } else {
      this.unsaved = true;
      this.say(said(this.form, "unsaved"), true);
      this.sendIn(PAUSE);
    }
  }

  /** @param {Event} event */
  submitted(event) {
    const button = sender(event);
    if (!button) {
      this.unsaved = false;
      this.sending = false;
      return;
    }
    event.preventDefault();
    if (button.name === "effacer") {
      this.clear(button);
    } else if (this.kept) {
      this.kept.leave(button);
    } else {
      this.leaving = button;
      this.unsaved = true;
      this.send();
    }
  }

  /** @param {HTMLButtonElement} button */
  clear(button) {
    const question = /** @type {HTMLElement} */ (button.closest(".question"));
    const choices = all("input[type=radio]", HTMLInputElement, question);
    for (const choice of choices) {
      choice.checked = false;
    }
    choices[0]?.focus();
    button.hidden = true;
    this.keepOrSave(question);
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

  /**
   * One request at a time; what changes meanwhile goes with the next. A refusal that is not about the answers (a campaign
   * closed, an address deleted) is a page of its own: send the form as without script to read it.
   */
  send() {
    if (this.sending) {
      return;
    }
    clearTimeout(this.timer);
    this.sending = true;
    this.unsaved = false;
    this.say(said(this.form, "saving"), true);
    post(this.form.action, encoded(this.form, this.leaving))
      .then((answer) => {
        if (answer.status !== 200) {
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
    this.refused = reply.problems.length > 0;
    showProblems(this.form, reply.problems);
    this.say(this.unsaved ? said(this.form, "saving") : reply.status, this.unsaved || this.refused);
    const step = find(".step[aria-current]", HTMLButtonElement, this.form);
    if (step) {
      showStep(step, reply.answered, all(".question", HTMLElement, this.form).length);
    }
    this.retry.hidden = true;
    this.patience.reset();
    this.goOn(reply.next);
  }

  /** @param {string} next */
  goOn(next) {
    if (this.unsaved) {
      this.send();
    } else if (this.leaving && !this.refused) {
      location.assign(next);
    } else if (this.leaving && showFirstProblem(this.form)) {
      this.leaving = null;
    } else if (this.leaving) {
      this.submit(); // a refusal that no field of this page shows is read as a page
    }
  }

  /** @param {unknown} problem */
  failed(problem) {
    this.sending = false;
    if (isRefusal(problem)) {
      this.submit();
      return;
    }
    this.unsaved = true;
    this.leaving = null;
    this.say(said(this.form, "unsaved"), true);
    this.status.classList.add("alone");
    this.retry.hidden = false;
    this.sendIn(this.patience.next());
  }

  /** Send the form as the page does without script. */
  submit() {
    if (this.leaving) {
      const hidden = document.createElement("input");
      hidden.type = "hidden";
      hidden.name = this.leaving.name;
      hidden.value = this.leaving.value;
      this.form.insertBefore(hidden, find("[name=whole]", HTMLInputElement, this.form));
    }
    this.unsaved = false;
    this.refused = false;
    this.form.submit();
  }
}
