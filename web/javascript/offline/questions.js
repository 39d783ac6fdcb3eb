/** The questions of a page: what their inputs hold, and showing in them what a device or the server holds. */

import { all, find, need } from "../page/elements.js";

/** @typedef {import("./merge.js").Fields} Fields */
/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Field */

/**
 * @param {Element} question
 * @returns {Field[]}
 */
function fieldsIn(question) {
  const inputs = all("input[name], select[name], textarea[name]", HTMLElement, question);
  return /** @type {Field[]} */ (inputs);
}

/**
 * @param {Field} field
 * @returns {field is HTMLInputElement}
 */
function isChoice(field) {
  return field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox");
}

/**
 * The code of the skill that a question is about.
 * @param {Element} question
 * @returns {string}
 */
export function codeOf(question) {
  return question.id.replace("question-", "");
}

/**
 * What the inputs of a question hold; empty where nothing is chosen.
 * @param {Element} question
 * @returns {Fields}
 */
export function fieldsOf(question) {
  /** @type {Fields} */
  const fields = {};
  for (const field of fieldsIn(question)) {
    if (!isChoice(field) || field.checked) {
      fields[field.name] = field.value;
    } else if (!(field.name in fields)) {
      fields[field.name] = "";
    }
  }
  return fields;
}

/** What each question showed when it was last in step with this device. @type {Record<string, string>} */
const inStep = {};

/**
 * Note that this device holds what a question shows.
 * @param {Element} question
 */
export function mark(question) {
  inStep[codeOf(question)] = JSON.stringify(fieldsOf(question));
}

/**
 * Whether something was typed in a question that this device does not hold.
 * @param {Element} question
 * @returns {boolean}
 */
export function isTyped(question) {
  return inStep[codeOf(question)] !== JSON.stringify(fieldsOf(question));
}

/**
 * Whether a question holds more than the server wrote in it: typed while this script was loading, or given back by the
 * server because it could not be saved.
 * @param {Element} question
 * @returns {boolean}
 */
export function isAhead(question) {
  return find("[aria-invalid]", HTMLElement, question) !== null || fieldsIn(question).some(isChanged);
}

/**
 * @param {Field} field
 * @returns {boolean}
 */
function isChanged(field) {
  if (field instanceof HTMLSelectElement) {
    return Array.prototype.some.call(
      field.options,
      (/** @type {HTMLOptionElement} */ one) => one.defaultSelected !== one.selected && one.value,
    );
  }
  return isChoice(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
}

/**
 * Show an answer; a text that somebody is typing stays.
 * @param {Element} question
 * @param {Fields} fields
 */
export function show(question, fields) {
  for (const field of fieldsIn(question)) {
    fill(field, fields[field.name] || "");
  }
  mark(question);
  const clear = find(".clear", HTMLElement, question);
  if (clear) {
    clear.hidden = !find("input[type=radio]:checked", HTMLInputElement, question);
  }
  for (const details of all("details.comment", HTMLDetailsElement, question)) {
    if (need("textarea", HTMLTextAreaElement, details).value) {
      details.open = true;
    }
  }
}

/**
 * @param {Field} field
 * @param {string} text
 */
function fill(field, text) {
  if (isChoice(field)) {
    field.checked = text !== "" && field.value === text;
  } else if (
    field instanceof HTMLSelectElement ||
    field !== document.activeElement ||
    field.value === field.defaultValue
  ) {
    field.value = text;
  }
}

/**
 * What was refused is being corrected: it is judged again when it is sent.
 * @param {Element} question
 */
export function forgive(question) {
  for (const field of fieldsIn(question)) {
    if (field.hasAttribute("aria-invalid")) {
      field.removeAttribute("aria-invalid");
      const place = document.getElementById(`${field.name}-erreur`);
      if (place) {
        place.textContent = "";
      }
    }
  }
}
