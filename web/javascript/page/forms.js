/** Forms that are sent without leaving the page. */

import { all, find, said } from "./elements.js";

/** @typedef {{ field: string, sentence: string }} Problem A refusal: the field that it is about, and what to do. */

/**
 * What a form holds, written as browsers do when they send it; with the button that sends it, if any.
 * @param {HTMLFormElement} form
 * @param {{ name: string, value: string } | null} [button]
 * @returns {string}
 */
export function encoded(form, button) {
  /** @type {string[]} */
  const pairs = [];
  const add = (/** @type {string} */ name, /** @type {unknown} */ value) => {
    pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
  };
  new FormData(form).forEach((value, name) => {
    add(name, value);
  });
  if (button) {
    add(button.name, button.value);
  }
  return pairs.join("&");
}

/**
 * Send a form as its page would, and ask for JSON.
 * @param {string} address
 * @param {string} body
 * @returns {Promise<Response>}
 */
export function post(address, body) {
  const headers = { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" };
  return fetch(address, { method: "POST", headers, body, credentials: "same-origin" });
}

/**
 * Write each refusal beside its field; those of before go.
 * @param {HTMLFormElement} form
 * @param {Problem[]} problems
 */
export function showProblems(form, problems) {
  for (const place of all(".error", HTMLElement, form)) {
    place.textContent = "";
  }
  for (const field of all("[aria-invalid]", HTMLElement, form)) {
    field.removeAttribute("aria-invalid");
  }
  for (const problem of problems) {
    const place = document.getElementById(`${problem.field}-erreur`);
    if (place) {
      place.textContent = problem.sentence;
    }
    document.getElementById(problem.field)?.setAttribute("aria-invalid", "true");
  }
}

/**
 * A page whose last save was refused is not left: the first text refused is shown, with what is wrong beside it.
 * Returns whether there was one.
 * @param {HTMLFormElement} form
 * @returns {boolean}
 */
export function showFirstProblem(form) {
  const field = find("[aria-invalid]", HTMLElement, form);
  const details = field?.closest("details");
  if (details) {
    details.open = true;
  }
  field?.focus();
  return field !== null;
}

/**
 * Ask before the page is left while something would be lost.
 * @param {() => boolean} isUnsaved
 */
export function holdBack(isUnsaved) {
  window.addEventListener("beforeunload", (event) => {
    if (isUnsaved()) {
      event.preventDefault();
      event.returnValue = "";
    }
  });
}

/**
 * Bring the script that counts (counter.js) when somebody first comes to a text that has a limit.
 * @param {HTMLFormElement} form
 */
export function countWhenAsked(form) {
  if (!find("[data-limit]", HTMLElement)) {
    return;
  }
  document.addEventListener("focusin", function once(event) {
    if (event.target instanceof HTMLElement && event.target.hasAttribute("data-limit")) {
      document.removeEventListener("focusin", once);
      bring(said(form, "counter"));
    }
  });
}

/**
 * Add a script to the page; several run in the order in which they were asked for.
 * @param {string} address
 */
export function bring(address) {
  const script = document.createElement("script");
  script.src = address;
  script.async = false;
  document.head.appendChild(script);
}
