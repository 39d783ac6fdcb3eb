/** What somebody chose or typed for the room, kept until the server has it: the phone may lock, the network may be gone. */

import { recall, remember } from "../page/storage.js";

/** @typedef {{ body: string, isWanted: boolean }} Draft What was typed; whether it was sent, and waits for the network. */

/**
 * @param {string} code
 * @param {string} question
 * @returns {string}
 */
function named(code, question) {
  return `grille-salle-${code}-${question}`;
}

/**
 * @param {string} code
 * @param {string} question
 * @returns {Draft | null}
 */
export function draftOf(code, question) {
  return JSON.parse(recall("localStorage", named(code, question)) || "null");
}

/**
 * @param {string} code
 * @param {string} question
 * @param {Draft | null} draft
 */
export function keepDraft(code, question, draft) {
  remember("localStorage", named(code, question), draft ? JSON.stringify(draft) : null);
}

/**
 * Give a form back what was typed in it.
 * @param {HTMLFormElement} form
 * @param {string} body
 */
export function refill(form, body) {
  new URLSearchParams(body).forEach((value, name) => {
    const field = form.elements.namedItem(name);
    if (name === "csrf_token") {
      return;
    }
    if (field instanceof RadioNodeList || (field instanceof HTMLInputElement && field.type !== "checkbox")) {
      field.value = value;
    }
  });
}
