/** The steps of a questionnaire, each with how many of its questions are answered. */

import { all, find } from "./elements.js";

/**
 * Show how far one step is.
 * @param {HTMLButtonElement} step
 * @param {number} count the questions answered
 * @param {number} total the questions asked
 */
export function showStep(step, count, total) {
  step.classList.toggle("all", count > 0 && count === total);
  step.classList.toggle("some", count > 0 && count < total);
  const place = find("[data-answered]", HTMLElement, step);
  if (place) {
    place.textContent = String(count);
  }
}

/**
 * Show how far each step is of which the count is known.
 * @param {HTMLFormElement} form
 * @param {Record<string, number>} counts by the number of the step
 * @param {Record<string, string[]>} pages the questions of each step
 */
export function showSteps(form, counts, pages) {
  for (const step of all(".step", HTMLButtonElement, form)) {
    const count = counts[step.value];
    if (count !== undefined) {
      showStep(step, count, (pages[step.value] || []).length);
    }
  }
}
