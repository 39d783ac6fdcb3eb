/** The official list as one types. Without this script the search button does the same. */

import { find, need, said } from "./page/elements.js";

/** @typedef {{ code: string, label: string, more: string }} Place */

/** How long somebody stops typing, in milliseconds. */
const PAUSE = 150;

/**
 * @param {Place} place
 * @returns {HTMLLabelElement}
 */
function option(place) {
  const label = document.createElement("label");
  const radio = document.createElement("input");
  const words = document.createElement("span");
  const name = document.createElement("b");
  const more = document.createElement("span");
  radio.type = "radio";
  radio.name = "code";
  radio.value = place.code;
  name.textContent = place.label;
  more.textContent = place.more;
  more.className = "muted";
  words.append(name, " ", more);
  label.append(radio, " ", words);
  return label;
}

/**
 * @param {HTMLFormElement} form
 * @param {string} typed
 * @param {Place[]} places
 */
function show(form, typed, places) {
  const options = need(".options", HTMLElement, form);
  const none = need(".none", HTMLElement, form);
  const status = need("[role=status]", HTMLElement, form);
  options.replaceChildren(...places.map(option));
  if (places.length === 1) {
    need("input", HTMLInputElement, options).checked = true;
  }
  need(".places", HTMLElement, form).hidden = !places.length;
  none.hidden = places.length > 0 || !typed.trim();
  status.textContent = typed.trim() ? counted(form, status, places.length) : "";
  need("[name=q]", HTMLInputElement, form).value = typed;
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} status
 * @param {number} count
 * @returns {string}
 */
function counted(form, status, count) {
  if (!count) {
    return said(form, "none");
  }
  return said(status, count === 1 ? "one" : "count").replace("{n}", String(count));
}

/**
 * @param {HTMLInputElement} field
 * @param {HTMLFormElement} form
 */
function start(field, form) {
  let asked = 0;
  /** @type {number | undefined} */
  let timer;

  const ask = () => {
    asked += 1;
    const number = asked;
    const typed = field.value;
    fetch(`${said(form, "source")}?q=${encodeURIComponent(typed)}`, { credentials: "same-origin" })
      .then((answer) => (answer.ok ? answer.json() : []))
      .then((/** @type {Place[]} */ places) => {
        if (number === asked) {
          show(form, field.value, places);
        }
      })
      .catch(() => {
        // The button still works.
      });
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(ask, PAUSE);
  });
}

const field = find("#q", HTMLInputElement);
const form = find("#lieux", HTMLFormElement);
if (field && form) {
  start(field, form);
}
