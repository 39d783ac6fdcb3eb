/** Sends what waits, one request at a time, and again after each failure. */

import { Patience } from "../page/answers.js";
import { read, SendingError, send } from "./outbox.js";

/** @typedef {import("./merge.js").Kept} Kept */
/** @typedef {import("./merge.js").Reply} Reply */

/**
 * @typedef {object} Listener The page, which shows how things stand.
 * @property {(reply: Reply, more: boolean) => void} heard the server has replied; ``more`` when something waits again
 * @property {() => void} failed the server did not answer: what waits is kept here
 * @property {(kept: Kept) => void} refused the collection is over, or the response deleted
 * @property {() => void} gone another tab, or the worker, has sent this response and wiped it
 * @property {() => boolean} isWaiting whether the page says that something waits
 */

export class Sender {
  /**
   * @param {string} key
   * @param {ServiceWorkerRegistration} registration
   * @param {Listener} listener
   * @param {boolean} isFromDevice whether the page itself was not sent by the server
   */
  constructor(key, registration, listener, isFromDevice) {
    this.key = key;
    this.registration = registration;
    this.listener = listener;
    this.asking = isFromDevice;
    this.failing = isFromDevice;
    this.patience = new Patience(2000, 30000);
    /** @type {{ more: boolean, done: Promise<Reply | null> } | null} */
    this.current = null;
    /** @type {number | undefined} */
    this.timer = undefined;
  }

  /**
   * Send what waits. What changes meanwhile goes with the next request, of which this gives the end.
   * @returns {Promise<Reply | null>} the last reply; null when nothing waited, or when it still does
   */
  sync() {
    if (this.current) {
      this.current.more = true;
      return this.current.done;
    }
    clearTimeout(this.timer);
    /** @type {{ more: boolean, done: Promise<Reply | null> }} */
    const own = { more: false, done: Promise.resolve(null) };
    this.current = own;
    own.done = send(this.key, this.asking).then(
      (reply) => {
        this.current = null;
        return reply ? this.heard(reply, own.more) : this.nothingToSend(own.more);
      },
      (problem) => {
        this.current = null;
        return this.failed(problem, own.more);
      },
    );
    return own.done;
  }

  /**
   * @param {Reply} reply
   * @param {boolean} more
   * @returns {Reply | null | Promise<Reply | null>}
   */
  heard(reply, more) {
    this.failing = false;
    this.asking = more && !reply.submitted;
    this.patience.reset();
    this.listener.heard(reply, more);
    return this.asking ? this.sync() : reply;
  }

  /**
   * Nothing waits here. What the page still says is waiting was sent by another tab, or just before: ask the server how
   * things stand.
   * @param {boolean} more
   * @returns {Promise<Reply | null>}
   */
  nothingToSend(more) {
    return read(this.key).then((kept) => {
      if (!kept.response) {
        this.listener.gone();
        return null;
      }
      this.asking = more || this.listener.isWaiting();
      return this.asking ? this.sync() : null;
    });
  }

  /**
   * @param {unknown} problem
   * @param {boolean} more
   * @returns {Promise<null>}
   */
  failed(problem, more) {
    if (problem instanceof SendingError && [404, 409, 410].indexOf(problem.status) >= 0) {
      return read(this.key).then((kept) => {
        this.listener.refused(kept);
        return null;
      });
    }
    this.failing = true;
    this.listener.failed();
    const delay = this.patience.next();
    this.timer = window.setTimeout(() => this.sync(), more ? 0 : delay);
    this.registration.sync?.register("envoi").catch(() => {
      // Without it, what waits leaves from an open page.
    });
    return Promise.resolve(null);
  }
}
