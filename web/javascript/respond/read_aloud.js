/** A button beside each question, which reads it aloud. */

import { all, find, said } from "../page/elements.js";

/**
 * Add the buttons, where the browser has a voice.
 * @param {HTMLFormElement} form
 */
export function readAloud(form) {
  if (!window.speechSynthesis || !window.SpeechSynthesisUtterance) {
    return;
  }
  const reader = new Reader(window.speechSynthesis, said(form, "listen"), said(form, "stop"));
  for (const question of all(".question", HTMLElement, form)) {
    find(".help", HTMLElement, question)?.appendChild(reader.buttonFor(question));
  }
  window.addEventListener("pagehide", () => reader.stop());
}

class Reader {
  /**
   * @param {SpeechSynthesis} voice
   * @param {string} listen the words of a button
   * @param {string} stop its words while it reads
   */
  constructor(voice, listen, stop) {
    this.voice = voice;
    this.words = { listen, stop };
    /** @type {HTMLButtonElement | null} */
    this.reading = null;
  }

  /**
   * @param {HTMLElement} question
   * @returns {HTMLButtonElement}
   */
  buttonFor(question) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain-link listen";
    button.textContent = this.words.listen;
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => {
      if (this.reading === button) {
        this.stop();
      } else {
        this.start(button, question);
      }
    });
    return button;
  }

  /**
   * @param {HTMLButtonElement} button
   * @param {HTMLElement} question
   */
  start(button, question) {
    this.stop();
    this.reading = button;
    button.textContent = this.words.stop;
    button.setAttribute("aria-pressed", "true");
    const texts = textsOf(question);
    texts.forEach((text, index) => {
      const utterance = new window.SpeechSynthesisUtterance(text);
      utterance.lang = language();
      if (index === texts.length - 1) {
        utterance.onend = () => this.stop();
      }
      this.voice.speak(utterance);
    });
  }

  stop() {
    this.voice.cancel();
    if (this.reading) {
      this.reading.textContent = this.words.listen;
      this.reading.setAttribute("aria-pressed", "false");
      this.reading = null;
    }
  }
}

/**
 * The question and its answers, each as one text.
 * @param {HTMLElement} question
 * @returns {string[]}
 */
function textsOf(question) {
  return all("legend, .choice > label", HTMLElement, question).map((part) =>
    Array.prototype.map.call(part.childNodes, (/** @type {Node} */ node) => node.textContent).join(". "),
  );
}

/**
 * The language of the page, as voices name it: some answer to no « fr » without a country.
 * @returns {string}
 */
function language() {
  const { lang } = document.documentElement;
  return lang === "fr" ? "fr-FR" : lang;
}
