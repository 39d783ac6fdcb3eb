/** What the facilitator asks waits here until the server has done it: the screen stays, and says so. */

import { Patience } from "../page/answers.js";
import { need, said } from "../page/elements.js";
import { draftOf, forgetDraft } from "./drafts.js";
import { fetchPage, isSignedOut, say, screen, skill, swap } from "./screen.js";

/** @typedef {{ address: string, body: URLSearchParams, words: string, skill: string }} Act Done twice, each is as done once. */

export class Acts {
  constructor() {
    /** @type {Act[]} */
    this.waiting = [];
    this.isBusy = false;
    this.patience = new Patience(1000, 15000);
    /** @type {number | undefined} */
    this.timer = undefined;
  }

  /** Whether something is being done, or waits. */
  get isIdle() {
    return !this.isBusy && !this.waiting.length;
  }

  /**
   * Ask for what a form does.
   * @param {HTMLFormElement} form
   * @param {HTMLButtonElement | null} button
   */
  add(form, button) {
    const body = new URLSearchParams();
    new FormData(form).forEach((value, name) => {
      body.append(name, String(value));
    });
    if (button?.name) {
      body.set(button.name, button.value);
    }
    const isKnown = this.waiting.some((act) => act.address === form.action && String(act.body) === String(body));
    if (!isKnown) {
      this.waiting.push({ address: form.action, body, words: button?.textContent?.trim() || "", skill: skill() });
    }
    this.send();
  }

  send() {
    const act = this.waiting[0];
    clearTimeout(this.timer);
    if (this.isBusy || !act) {
      return;
    }
    this.isBusy = true;
    fetchPage(act.address, act.body)
      .then((reply) => this.done(act, reply))
      .catch((problem) => this.late(act, problem))
      .then(() => {
        this.isBusy = false;
        if (!this.patience.failing) {
          this.send();
        }
      });
  }

  /**
   * @param {Act} act
   * @param {{ isDone: boolean, html: string }} reply
   */
  done(act, reply) {
    const isNote = /consensus$/.test(act.address);
    const left = !isNote && draftOf(act.skill) ? act.skill : "";
    if (isNote && reply.isDone) {
      forgetDraft(act.skill);
    }
    swap(reply.html);
    this.waiting.shift();
    if (!reply.isDone) {
      this.waiting = [];
    }
    this.patience.reset();
    if (left && left !== skill()) {
      say(said(screen(), "left"));
    }
  }

  /**
   * @param {Act} act
   * @param {unknown} problem
   */
  late(act, problem) {
    say(said(screen(), "late").replace("{act}", act.words));
    if (isSignedOut(problem)) {
      this.renew();
    }
    this.timer = window.setTimeout(() => this.send(), this.patience.next());
  }

  /** The session ended, or began again in another tab: its own token is asked for again. */
  renew() {
    fetchPage(said(screen(), "page"))
      .then((reply) => {
        const fresh = new DOMParser().parseFromString(reply.html, "text/html");
        const token = need("#atelier [name=csrf_token]", HTMLInputElement, fresh);
        for (const act of this.waiting) {
          act.body.set("csrf_token", token.value);
        }
      })
      .catch(() => say(said(screen(), "apart")));
  }

  /**
   * Show the page of that address, once nothing else is asked.
   * @param {string} address
   */
  follow(address) {
    this.isBusy = true;
    fetchPage(address)
      .then((reply) => swap(reply.html))
      .catch(() => {
        // Asked again soon.
      })
      .then(() => {
        this.isBusy = false;
        this.send();
      });
  }
}
