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
 * The year before, a reason, a comment and whether it may be quoted.
 * @param {HTMLElement} place
 * @param {KeptAnswer} answer
 * @param {Labels} labels
 */
function showDetails(place, answer, labels) {
  const part = (/** @type {string} */ name) => answer.fields[`q_${answer.code}:${name}`] || "";
  add(place, "span", part("before") && `${labels.before} ${labels[part("before")]}`);
  for (const name of ["reason", "comment", "text"]) {
    add(place, "q", part(name));
  }
  add(place, "span", part("comment") && part("quote") && (labels.quote || ""));
}

/**
 * @param {HTMLElement} place
 * @param {"span" | "q"} tag
 * @param {string} words nothing is added when they are empty
 */
function add(place, tag, words) {
  if (words) {
    const part = place.appendChild(document.createElement(tag));
    part.className = tag === "span" ? "then" : "";
    part.textContent = words;
  }
}
