/**
 * Says how much room is left in a text that has a limit, before it is reached; nothing is ever cut. The pages ask for
 * this when someone comes to such a text.
 */

import { all, find, said } from "./page/elements.js";
import { lengthOf, nearness } from "./page/limits.js";

/** @typedef {HTMLInputElement | HTMLTextAreaElement} TextField */

/** What each field is about to say. @type {WeakMap<TextField, number>} */
const timers = new WeakMap();

/**
 * @param {unknown} target
 * @returns {target is TextField}
 */
function isLimited(target) {
  const isText = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
  return isText && target.hasAttribute("data-limit");
}

/**
 * @param {TextField} field
 * @returns {number}
 */
function limitOf(field) {
  return Number(said(field, "limit"));
}

/**
 * Where the words of a field stand: after it.
 * @param {TextField} field
 * @returns {HTMLElement}
 */
function placeOf(field) {
  const block = field.parentElement || document.body;
  const known = find(".room", HTMLElement, block);
  if (known) {
    return known;
  }
  const made = document.createElement("p");
  made.className = "hint room";
  made.setAttribute("role", "status");
  block.insertBefore(made, field.nextSibling);
  return made;
}

/**
 * The words stand on the form, or on this script's own element.
 * @param {TextField} field
 * @param {number} left
 * @returns {string}
 */
function words(field, left) {
  if (left > nearness(limitOf(field))) {
    return "";
  }
  const holder = field.form?.hasAttribute("data-over") ? field.form : find("script[data-over]", HTMLElement);
  return holder ? said(holder, left < 0 ? "over" : "left").replace("{n}", String(Math.abs(left))) : "";
}

/** @param {TextField} field */
function show(field) {
  const left = limitOf(field) - lengthOf(field.value);
  const place = placeOf(field);
  const text = words(field, left);
  place.classList.toggle("error", left < 0);
  // Said once somebody stops typing: a screen reader must not read every letter's count.
  const say = () => {
    if (place.textContent !== text) {
      place.textContent = text;
    }
  };
  clearTimeout(timers.get(field));
  timers.set(field, window.setTimeout(say, left < 0 ? 0 : 400));
}

/** @param {Event} event */
function reached(event) {
  if (isLimited(event.target)) {
    show(event.target);
  }
}

document.addEventListener("input", reached);
document.addEventListener("focusin", reached);
for (const field of all("[data-limit]", HTMLElement)) {
  if (isLimited(field) && limitOf(field) - lengthOf(field.value) <= nearness(limitOf(field))) {
    show(field);
  }
}
