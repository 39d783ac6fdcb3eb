/** The page that offline.js goes on with, questions or the review: what it says of what is saved and what is refused. */

import { all, need, said } from "../page/elements.js";
import { showProblems } from "../page/forms.js";
import { showSteps } from "../page/steps.js";

/** @typedef {import("./merge.js").KeptAnswer} KeptAnswer */
/** @typedef {import("./merge.js").SentProblem} SentProblem */

export const form = need("form[data-latest]", HTMLFormElement);
/** Whether it is a page of questions, rather than the review. */
export const isPage = form.id === "page";
/** Whether the page comes from this device: the server did not answer. */
export const isFromDevice = document.documentElement.hasAttribute("data-kept");
const status = need(".status", HTMLElement, form);

/**
 * Say how what was typed is kept.
 * @param {string} text
 * @param {boolean} isWaiting whether the server does not have it all
 */
export function say(text, isWaiting) {
  status.textContent = text;
  status.className = isWaiting ? "status waiting alone" : "status";
}

/** Say that what was typed is kept on this device. */
export function sayKept() {
  say(said(form, navigator.onLine ? "unreachable" : "kept"), true);
}

/**
 * Whether the page says that something waits.
 * @returns {boolean}
 */
export function isWaiting() {
  return status.classList.contains("waiting");
}

/**
 * The questions of the page.
 * @returns {HTMLElement[]}
 */
export function questions() {
  return all(".question", HTMLElement, form);
}

/**
 * Whether a question is answered: by a choice, or by the text of a question that is answered freely.
 * @param {KeptAnswer} one
 * @returns {boolean}
 */
export function isAnswered(one) {
  return Boolean(one.fields[`q_${one.code}`] || one.fields[`q_${one.code}:text`]);
}

/**
 * Show how far each step is, by the answers that this device holds.
 * @param {KeptAnswer[]} answers
 * @param {Record<string, string[]>} pages the codes of each page, by its number
 */
export function showOwnSteps(answers, pages) {
  /** @type {Record<string, number>} */
  const counts = {};
  for (const number of Object.keys(pages)) {
    const codes = pages[number] || [];
    counts[number] = answers.filter((one) => codes.indexOf(one.code) >= 0 && isAnswered(one)).length;
  }
  showSteps(form, counts, pages);
}

/**
 * Show what the server refused: beside its field, or with a link to its page.
 * @param {SentProblem[]} problems
 */
export function showRefusals(problems) {
  document.getElementById("elsewhere")?.remove();
  showProblems(form, /** @type {import("../page/forms.js").Problem[]} */ (problems.filter((one) => one.field)));
  const others = problems.filter((one) => one.there && !document.getElementById(one.field || ""));
  if (others.length) {
    tellElsewhere(others);
  }
}

/**
 * What was refused on other pages, with a link to each.
 * @param {SentProblem[]} problems
 */
function tellElsewhere(problems) {
  const box = document.createElement("div");
  box.id = "elsewhere";
  box.className = "problems";
  box.setAttribute("role", "alert");
  for (const problem of problems) {
    const link = document.createElement("a");
    link.href = problem.there || "";
    link.textContent = problem.said || problem.sentence;
    box.appendChild(document.createElement("p")).appendChild(link);
  }
  form.parentElement?.insertBefore(box, form);
}

/**
 * The address that a button of the page leads to.
 * @param {string} value
 * @returns {string}
 */
export function destination(value) {
  const number = Number(location.pathname.split("/")[3]);
  const wording = location.search;
  if (value === "lecture") {
    return number + (wording ? "" : "?lecture=facile");
  }
  if (value === "suite") {
    return (number < Number(said(form, "pages")) ? number + 1 : "relecture") + wording;
  }
  return value + wording;
}
