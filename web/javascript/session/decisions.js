/**
 * What the room decides is kept without leaving the slide, nor the full screen. Each sentence waits here until the server
 * has it: the network may be gone, and the slide stays. Without this script the same forms send the same things.
 */

import { isOurs, Patience } from "../page/answers.js";
import { find, need, origin, said, sender } from "../page/elements.js";
import { holdBack } from "../page/forms.js";
import { lengthOf } from "../page/limits.js";
import { recall, remember } from "../page/storage.js";

/** How long an answer of the server is waited for, in milliseconds. */
const LONGEST = 10000;

/** @typedef {{ text: string } | { remove: string }} Change A decision to keep, or one to take back, by its number. */

export class Decisions {
  /**
   * @param {HTMLElement} place
   * @param {() => void} onChange called once the server has kept a change
   */
  constructor(place, onChange) {
    this.place = place;
    this.onChange = onChange;
    this.form = need("#deciding", HTMLFormElement);
    this.field = need("[name=text]", HTMLInputElement, this.form);
    this.late = need("#late", HTMLElement);
    this.list = need("#waiting", HTMLElement);
    this.name = `grille-decisions-${document.body.dataset.session}`;
    this.patience = new Patience(1000, 15000);
    this.isSending = false;
    /** @type {number | undefined} */
    this.timer = undefined;
    /** @type {Change[]} */
    this.queue = [];
  }

  start() {
    const kept = JSON.parse(recall("sessionStorage", this.name) || "{}");
    this.queue = kept.queue || [];
    document.addEventListener("submit", (event) => this.submitted(event));
    this.field.addEventListener("input", () => this.show(this.queue.length ? this.late.textContent || "" : ""));
    window.addEventListener("online", () => {
      this.patience.reset();
      this.send();
    });
    holdBack(() => this.queue.length > 0);
    if (kept.typed && !this.field.value) {
      this.field.value = kept.typed;
    }
    if (this.queue.length) {
      this.show(said(this.place, "late"));
      this.send();
    }
  }

  keep() {
    remember("sessionStorage", this.name, JSON.stringify({ queue: this.queue, typed: this.field.value }));
  }

  /** @param {string} words */
  show(words) {
    this.late.textContent = words;
    this.list.textContent = "";
    for (const change of this.queue) {
      if ("text" in change) {
        this.list.appendChild(document.createElement("li")).textContent = change.text;
      }
    }
    this.keep();
  }

  /** @param {Event} event */
  submitted(event) {
    if (!this.place.contains(origin(event))) {
      return;
    }
    event.preventDefault();
    const button = sender(event);
    if (button && button.name === "remove") {
      this.queue.push({ remove: button.value });
      this.keep();
      this.send();
    } else {
      this.add();
    }
    this.field.focus();
  }

  /** What Enter adds; what is too long stays in its field, whole, and the slide says by how much. */
  add() {
    const text = this.field.value.trim();
    const over = lengthOf(text) - Number(said(this.place, "longest"));
    if (over > 0) {
      this.show(said(this.place, "over").replace("{n}", String(over)));
      return;
    }
    if (text) {
      this.queue.push({ text });
      this.field.value = "";
    }
    this.show("");
    this.send();
  }

  send() {
    const change = this.queue[0];
    clearTimeout(this.timer);
    if (this.isSending || !change) {
      return;
    }
    this.isSending = true;
    const limit = new AbortController();
    const end = setTimeout(() => limit.abort(), LONGEST);
    fetch(this.form.action, {
      method: "POST",
      body: this.bodyOf(change),
      headers: { "X-Part": "list" },
      redirect: "error",
      signal: limit.signal,
    })
      .then((answer) => {
        if ((!answer.ok && answer.status !== 422) || !isOurs(answer)) {
          throw answer;
        }
        return answer.text().then((html) => this.done(answer.status === 422, html));
      })
      .catch((problem) => this.failed(problem))
      .then(() => {
        clearTimeout(end);
        this.isSending = false;
        if (!this.patience.failing) {
          this.send();
        }
      });
  }

  /**
   * @param {Change} change
   * @returns {FormData}
   */
  bodyOf(change) {
    const body = new FormData(this.form);
    body.delete("text");
    if ("text" in change) {
      body.set("text", change.text);
    } else {
      body.set("remove", change.remove);
    }
    return body;
  }

  /**
   * @param {boolean} isRefused
   * @param {string} html the decisions as they now stand
   */
  done(isRefused, html) {
    const change = this.queue.shift();
    this.patience.reset();
    need("#decided", HTMLElement).innerHTML = html;
    if (isRefused && change && "text" in change) {
      this.field.value = this.field.value ? `${change.text} ${this.field.value}` : change.text;
    }
    this.show("");
    this.onChange();
  }

  /** @param {unknown} problem */
  failed(problem) {
    this.show(said(this.place, "late"));
    if (problem instanceof Response && [400, 401].indexOf(problem.status) >= 0) {
      this.renew();
    }
    this.timer = window.setTimeout(() => this.send(), this.patience.next());
  }

  /** The session ended, or began again in another tab: this page's own token is asked for again. */
  renew() {
    fetch(location.href)
      .then((answer) => answer.text())
      .then((html) => {
        const fresh = new DOMParser().parseFromString(html, "text/html");
        const token = find("#deciding [name=csrf_token]", HTMLInputElement, fresh);
        if (token) {
          need("[name=csrf_token]", HTMLInputElement, this.form).value = token.value;
        } else {
          this.show(said(this.place, "apart"));
        }
      })
      .catch(() => {
        // Tried again soon.
      });
  }
}
