/**
 * What the room is asked to guess is not in its page: it is had when somebody shows it, from the server or, when the network
 * is gone, from the presenter's window.
 */

import { all } from "../page/elements.js";

/** @typedef {import("./windows.js").Message} Message */

/** How long before what could not be had is asked for again, in milliseconds. */
const AGAIN = 2000;

export class Sealed {
  /** @param {(message: Message) => void} tell says something to the other windows */
  constructor(tell) {
    this.tell = tell;
    /** @type {(() => void) | null} what is done once the slides are there */
    this.after = null;
  }

  /**
   * Have the sealed slides, then go on.
   * @param {() => void} after
   */
  open(after) {
    const isAsking = this.after !== null;
    this.after = after;
    if (!isAsking) {
      this.ask();
    }
  }

  ask() {
    const { revealed } = document.body.dataset;
    if (!this.after || !revealed) {
      return;
    }
    fetch(location.pathname + revealed)
      .then((answer) => {
        if (!answer.ok) {
          throw answer;
        }
        return answer.text();
      })
      .then((html) => this.receive(html))
      .catch(() => {
        this.tell({ wanted: true });
        setTimeout(() => this.ask(), AGAIN);
      });
  }

  /**
   * Put the slides in the place of those that are sealed.
   * @param {string} html a page, or its slides
   */
  receive(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    for (const slide of all(".slide.sealed", HTMLElement)) {
      const whole = page.getElementById(slide.id);
      if (whole && !whole.classList.contains("sealed")) {
        whole.classList.remove("current", "upcoming");
        whole.removeAttribute("inert");
        slide.replaceWith(whole);
      }
    }
    const { after } = this;
    if (after && !document.querySelector(".slide.sealed")) {
      this.after = null;
      after();
    }
  }

  /**
   * Answer a window that has no network, or take what another answers.
   * @param {Message} message
   * @returns {boolean} whether the message was about this
   */
  hear(message) {
    if ("wanted" in message) {
      const slides = all(".slide:not(.sealed)", HTMLElement);
      if (!document.querySelector(".slide.sealed")) {
        this.tell({ given: slides.map((slide) => slide.outerHTML).join("") });
      }
      return true;
    }
    if ("given" in message) {
      if (this.after) {
        this.receive(message.given);
      }
      return true;
    }
    return false;
  }
}
