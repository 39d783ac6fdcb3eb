/** The fields of a phone of the room: points given with two buttons, a button that repeats what it sends. */

import { all, find, need, said } from "../page/elements.js";

/**
 * Make the fields of a form easy to use with one thumb.
 * @param {HTMLElement} page what holds the words of this script
 * @param {HTMLFormElement} form
 */
export function prepare(page, form) {
  const list = find(".shares", HTMLElement, form);
  if (list) {
    for (const field of all("input", HTMLInputElement, list)) {
      addSteps(page, field);
    }
  }
  form.addEventListener("input", () => repeat(page, form));
  repeat(page, form);
}

/**
 * @param {HTMLElement} page
 * @param {HTMLInputElement} field
 */
function addSteps(page, field) {
  const row = field.parentElement;
  const words = (find("label", HTMLElement, row || undefined)?.textContent || "").trim();
  const step = (/** @type {number} */ by, /** @type {string} */ sign, /** @type {string} */ name) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button quiet step-by";
    button.dataset.by = String(by);
    button.textContent = sign;
    button.setAttribute("aria-label", said(page, name).replace("{it}", words));
    button.addEventListener("click", () => {
      field.value = String(Number(field.value || 0) + by);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
    return button;
  };
  const place = document.createElement("span");
  place.className = "stepper";
  field.before(place);
  place.append(step(-1, "−", "less"), field, step(1, "+", "more"));
  field.readOnly = true;
}

/**
 * The button says what it sends; points that are left are said.
 * @param {HTMLElement} page
 * @param {HTMLFormElement} form
 */
function repeat(page, form) {
  const button = need(".foot .next", HTMLButtonElement, form);
  button.dataset.words = button.dataset.words || button.textContent || "";
  const chosen = find("input[type=radio]:checked + label", HTMLElement, form);
  const list = find(".shares", HTMLElement, form);
  if (chosen) {
    button.textContent = said(page, "send").replace("{it}", (chosen.textContent || "").trim());
  }
  if (list) {
    sayLeft(page, form, list);
  }
}

/**
 * Say how many points are left; a button that could do nothing is off.
 * @param {HTMLElement} page
 * @param {HTMLFormElement} form
 * @param {HTMLElement} list
 */
function sayLeft(page, form, list) {
  const fields = all("input", HTMLInputElement, list);
  const left = Number(said(list, "points")) - fields.reduce((sum, one) => sum + Number(one.value || 0), 0);
  need(".left", HTMLElement, form).textContent = said(page, "left").replace("{n}", String(left));
  for (const one of all(".step-by", HTMLButtonElement, list)) {
    const value = Number(find("input", HTMLInputElement, one.parentElement || undefined)?.value || 0);
    one.disabled = one.dataset.by === "1" ? left <= 0 : value <= 0;
  }
}
