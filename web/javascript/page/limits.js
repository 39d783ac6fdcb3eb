/** Limits of texts, counted as the server counts them. */

/**
 * How many characters a text has for the server: without the spaces around, a line end is one, and so is a letter
 * outside the basic plane.
 * @param {string} text
 * @returns {number}
 */
export function lengthOf(text) {
  return text
    .trim()
    .replace(/\r\n/g, "\n")
    .replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g, "_").length;
}

/**
 * How many characters before the limit its words appear: a tenth of it, for a name of sixty characters and a note of
 * twenty thousand are not near theirs at the same distance.
 * @param {number} limit
 * @returns {number}
 */
export function nearness(limit) {
  return Math.min(200, Math.max(15, limit / 10));
}
