/** A button beside each question, which reads it aloud. */

import { all, find, said } from "../page/elements.js";

/**
 * Add the buttons, once the device has a voice of its own: those that send what they read elsewhere are left out.
 * @param {HTMLFormElement} form
 */
export function readAloud(form) {
  const speech = window.speechSynthesis;
  if (!speech || !window.SpeechSynthesisUtterance) {
    return;
  }
  const offer = () => {
    const voice = ownVoice(speech.getVoices(), document.documentElement.lang);
    if (voice) {
      speech.removeEventListener("voiceschanged", offer); // some browsers list their voices late
      addButtons(form, new Reader(speech, voice, said(form, "listen"), said(form, "stop")));
    }
  };
  speech.addEventListener("voiceschanged", offer);
  offer();
}

/**
 * The first voice that works without a network and speaks this language; undefined when there is none.
 * @param {SpeechSynthesisVoice[]} voices
 * @param {string} language
 * @returns {SpeechSynthesisVoice | undefined}
 */
export function ownVoice(voices, language) {
  const speaks = new RegExp(`^${language}($|[-_])`, "i");
  return voices.find((voice) => voice.localService && speaks.test(voice.lang));
}

/**
 * @param {HTMLFormElement} form
 * @param {Reader} reader
 */
function addButtons(form, reader) {
  for (const question of all(".question", HTMLElement, form)) {
    find(".help", HTMLElement, question)?.appendChild(reader.buttonFor(question));
  }
  window.addEventListener("pagehide", () => reader.stop());
}

class Reader {
  /**
   * @param {SpeechSynthesis} speech
   * @param {SpeechSynthesisVoice} voice
   * @param {string} listen the words of a button
   * @param {string} stop its words while it reads
   */
  constructor(speech, voice, listen, stop) {
    this.speech = speech;
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
      utterance.voice = this.voice;
      utterance.lang = this.voice.lang;
      if (index === texts.length - 1) {
        utterance.onend = () => this.stop();
      }
      this.speech.speak(utterance);
    });
  }

  stop() {
    this.speech.cancel();
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
