/** The review of a response, filled with what this device holds. */

import { all, find, need, said } from "../page/elements.js";

/** @typedef {import("./merge.js").KeptAnswer} KeptAnswer */
/** @typedef {Record<string, string>} Labels The words of each value, and those that introduce the year before. */
/** @typedef {Record<string, string | Labels>} AllLabels The same for all questions, and by its code for one with its own. */

/**
 * Show these answers in place of those that the server wrote.
 * @param {HTMLFormElement} form
 * @param {KeptAnswer[]} answers
 */
export function showReview(form, answers) {
  /** @type {AllLabels} */
  const labels = JSON.parse(need("#labels", HTMLScriptElement).textContent || "{}");
  for (const answer of answers) {
    const place = find(`.said[data-code="${answer.code}"] dd`, HTMLElement);
    if (place) {
      showAnswer(place, answer, labelsOf(labels, answer.code), said(form, "silence"));
    }
  }
  need("main .lead", HTMLElement).textContent = said(form, "own");
}

/**
 * The words of one question.
 * @param {AllLabels} labels
 * @param {string} code
 * @returns {Labels}
 */
function labelsOf(labels, code) {
  const common = /** @type {Labels} */ (labels);
  return { ...common, .../** @type {Labels} */ (labels[code] || {}) };
}

/**
 * @param {HTMLElement} place
 * @param {KeptAnswer} answer
 * @param {Labels} labels
 * @param {string} silence
 */
function showAnswer(place, answer, labels, silence) {
  for (const old of all("b, span:not(.unseen), q", HTMLElement, place)) {
    old.remove();
  }
  if (!answer.fields[`q_${answer.code}:text`]) {
    showLevel(place, labels[answer.fields[`q_${answer.code}`] || ""], silence);
  }
  showDetails(place, answer, labels);
}

/**
 * @param {HTMLElement} place
 * @param {string | undefined} label the words of the level chosen
 * @param {string} silence what is said where none is
 */
function showLevel(place, label, silence) {
  const words = document.createElement(label ? "b" : "span");
  words.className = label ? "" : "none";
  words.textContent = label || silence;
  place.insertBefore(words, place.firstChild);
}

/**
 * The year before, a reason, a comment.
 * @param {HTMLElement} place
 * @param {KeptAnswer} answer
 * @param {Labels} labels
 */
function showDetails(place, answer, labels) {
  for (const name of Object.keys(answer.fields)) {
    const text = answer.fields[name];
    if (name !== `q_${answer.code}` && text) {
      const isBefore = name.split(":")[1] === "before";
      const part = place.appendChild(document.createElement(isBefore ? "span" : "q"));
      part.textContent = isBefore ? `${labels.before} ${labels[text]}` : text;
    }
  }
}
