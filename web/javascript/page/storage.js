/** What a browser keeps for this site, where it keeps anything: some refuse, and then nothing is kept. */

/** @typedef {"localStorage" | "sessionStorage"} Area */

/**
 * The text kept under that name, null when there is none.
 * @param {Area} area
 * @param {string} name
 * @returns {string | null}
 */
export function recall(area, name) {
  try {
    return window[area].getItem(name);
  } catch {
    return null;
  }
}

/**
 * Keep a text under that name; null forgets it.
 * @param {Area} area
 * @param {string} name
 * @param {string | null} text
 */
export function remember(area, name, text) {
  try {
    if (text === null) {
      window[area].removeItem(name);
    } else {
      window[area].setItem(name, text);
    }
  } catch {
    // Nothing is kept here.
  }
}
