/** Searches the grid while one types, as the server does: every word, whatever its accents and capitals. */

import { all, find, need, said } from "./page/elements.js";
import { folded } from "./page/search.js";

/** @typedef {{ element: HTMLElement, family: HTMLElement, text: string }} Skill */

/** How long somebody stops typing, in milliseconds. */
const PAUSE = 80;

/**
 * @param {HTMLElement} element
 * @returns {Skill}
 */
function skillOf(element) {
  const family = /** @type {HTMLElement} */ (element.closest(".grid-family"));
  const texts = [
    element.id,
    need("h2 .family", HTMLElement, family).lastChild?.textContent,
    need("h3", HTMLElement, element).firstChild?.textContent,
  ];
  for (const part of all(":scope > p, dd, .skill-aside p, .skill-aside li", HTMLElement, element)) {
    texts.push(part.textContent);
  }
  return { element, family, text: folded(texts.join(" ")) };
}

/** @param {HTMLInputElement} field */
function start(field) {
  const skills = all(".skill", HTMLElement).map(skillOf);
  const others = all(".grid-levels, #versions", HTMLElement);
  const status = need("#trouves", HTMLElement);

  const search = () => {
    const words = folded(field.value).split(/\s+/).filter(Boolean);
    const found = skills.filter((skill) => words.every((word) => skill.text.indexOf(word) >= 0));
    for (const skill of skills) {
      skill.element.hidden = found.indexOf(skill) < 0;
      skill.family.hidden = !found.some((one) => one.family === skill.family);
    }
    for (const part of others) {
      part.hidden = words.length > 0;
    }
    status.textContent = words.length ? sentence(status, found.length) : "";
    document.body.dataset.searched = field.value;
  };

  /** @type {number | undefined} */
  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(search, PAUSE);
  });
  field.form?.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
}

/**
 * @param {HTMLElement} status
 * @param {number} found
 * @returns {string}
 */
function sentence(status, found) {
  if (found < 2) {
    return said(status, found ? "one" : "none");
  }
  return said(status, "many").replace("{n}", String(found));
}

const field = find("#q", HTMLInputElement);
// The page of a search holds only what was found: the server searches again.
if (field && !field.value) {
  start(field);
}
