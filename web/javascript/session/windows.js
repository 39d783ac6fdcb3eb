/** Where the séance is, said to every other window of the same session, and heard from them. */

import { remember } from "../page/storage.js";

/**
 * @typedef {object} State
 * @property {number} at the slide, from 0
 * @property {boolean} black whether the screen is black
 * @property {string} query the years and colleges shown
 */

/** @typedef {State | { decided: true } | { hello: true } | { wanted: true } | { given: string }} Message */

export class Windows {
  /**
   * @param {string} name of the session, the same in all its windows
   * @param {(message: Message) => void} hear
   */
  constructor(name, hear) {
    this.name = name;
    this.channel = "BroadcastChannel" in window ? new BroadcastChannel(name) : null;
    if (this.channel) {
      this.channel.onmessage = (event) => hear(event.data);
    }
    window.addEventListener("storage", (event) => {
      if (event.key === name && event.newValue) {
        hear(JSON.parse(event.newValue));
      }
    });
  }

  /** @param {Message} message */
  tell(message) {
    const dated = Object.assign({ time: Date.now() }, message);
    this.channel?.postMessage(dated);
    remember("localStorage", this.name, JSON.stringify(dated));
  }
}
