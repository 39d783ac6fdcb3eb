/** The words of a slide, line by line, for those who read it in large print on their phone. */

import { all } from "../page/elements.js";

const BLOCKS = "h2, h3, p, li, tr, dt, dd";
const LEFT_OUT = ".room, .notes, .rings, .legend, form, svg, .tell, [hidden]";

/**
 * The lines of a slide: what is said to screen readers stands for its pictures.
 * @param {HTMLElement} slide
 * @returns {[string, string][]}
 */
export function linesOf(slide) {
  /** @type {[string, string][]} */
  const lines = [];
  for (const block of all(`.stage :is(${BLOCKS})`, HTMLElement, slide)) {
    const isWhole = block.parentElement?.closest(`.stage :is(p, li, tr)`) === null;
    const words = isWhole && !block.closest(LEFT_OUT) ? wordsOf(block) : "";
    if (words) {
      lines.push([kindOf(block), words]);
    }
  }
  return lines;
}

/**
 * @param {HTMLElement} block
 * @returns {string}
 */
function kindOf(block) {
  if (block.tagName === "H2") {
    return "title";
  }
  return block.tagName === "LI" || block.tagName === "TR" ? "item" : "text";
}

/**
 * @param {HTMLElement} block
 * @returns {string}
 */
function wordsOf(block) {
  const copy = /** @type {HTMLElement} */ (block.cloneNode(true));
  for (const silent of all("svg, [aria-hidden=true], title, button", Element, copy)) {
    silent.remove();
  }
  for (const part of all("b, span, td, th, small, em, p", HTMLElement, copy)) {
    part.insertAdjacentText("afterend", " ");
  }
  return (copy.textContent || "").replace(/[ \t\r\n]+/g, " ").trim();
}
