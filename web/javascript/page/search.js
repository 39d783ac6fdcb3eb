/** Words searched as the server searches them. */

/**
 * A text without accents, capitals, ligatures and curly apostrophes.
 * @param {string} text
 * @returns {string}
 */
export function folded(text) {
  return text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/œ/g, "oe")
    .replace(/æ/g, "ae")
    .replace(/’/g, "'");
}
