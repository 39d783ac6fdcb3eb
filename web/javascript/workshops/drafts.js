/** What is typed about a skill and not noted yet: it comes back with that skill, whatever happens to the page meanwhile. */

import { find, need } from "../page/elements.js";
import { recall, remember } from "../page/storage.js";

/** @typedef {{ level: string, comment: string }} Draft */

/**
 * @param {string} code
 * @returns {string}
 */
function named(code) {
  return `grille-note-${location.pathname}-${code}`;
}

/**
 * What was typed about a skill, null when nothing was.
 * @param {string} code
 * @returns {Draft | null}
 */
export function draftOf(code) {
  return JSON.parse(recall("sessionStorage", named(code)) || "null");
}

/** @param {string} code */
export function forgetDraft(code) {
  remember("sessionStorage", named(code), null);
}

/**
 * Keep what the page holds of a skill.
 * @param {string} code
 */
export function keepDraft(code) {
  const level = find(".level input:checked", HTMLInputElement);
  const comment = need("#comment", HTMLInputElement).value;
  remember("sessionStorage", named(code), JSON.stringify({ level: level ? level.value : "", comment }));
}

/**
 * Give the page back what was typed of a skill.
 * @param {string} code
 */
export function restoreDraft(code) {
  const typed = code ? draftOf(code) : null;
  if (typed) {
    need("#comment", HTMLInputElement).value = typed.comment;
    const level = levelInput(typed.level);
    if (level) {
      level.checked = true;
    }
  }
}

/**
 * The choice of that level, null when there is none.
 * @param {string} value
 * @returns {HTMLInputElement | null}
 */
export function levelInput(value) {
  return find(`.level input[value='${value}']`, HTMLInputElement);
}
