/** How long a session has lasted, and its part: pure functions of a time, so that a reload of the window loses nothing. */

/**
 * @typedef {object} Timed What is kept: when the session began, the part that is going on, since when, and what was spent in
 *   each part before, in milliseconds.
 * @property {number} begun
 * @property {number} part from 0, -1 before the first
 * @property {number} since
 * @property {Record<number, number>} spent
 */

/**
 * @typedef {object} Remaining In whole minutes.
 * @property {number} part spent in the part that is going on
 * @property {number} left until its planned end, negative when it is over
 * @property {number} evening until the end of the session, at the plan from here
 */

const MINUTE = 60000;

/**
 * @param {number} now
 * @returns {Timed}
 */
export function started(now) {
  return { begun: now, part: -1, since: now, spent: {} };
}

/**
 * The same once the session is in another part.
 * @param {Timed} timed
 * @param {number} part
 * @param {number} now
 * @returns {Timed}
 */
export function entered(timed, part, now) {
  if (part === timed.part) {
    return timed;
  }
  const spent = Object.assign({}, timed.spent);
  spent[timed.part] = (spent[timed.part] || 0) + now - timed.since;
  return { begun: timed.begun, part, since: now, spent };
}

/**
 * @param {Timed} timed
 * @param {number[]} planned the minutes of each part
 * @param {number} now
 * @returns {Remaining}
 */
export function remainingOf(timed, planned, now) {
  const spent = Math.floor(((timed.spent[timed.part] || 0) + now - timed.since) / MINUTE);
  const left = (planned[timed.part] || 0) - spent;
  const after = planned.slice(timed.part + 1).reduce((sum, minutes) => sum + minutes, 0);
  return { part: spent, left, evening: Math.max(left, 0) + after };
}

/**
 * @param {number} minutes
 * @returns {string} « 1 h 05 », « 5 min »
 */
export function inWords(minutes) {
  const rest = minutes % 60;
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? `${hours}\u00a0h\u00a0${rest < 10 ? "0" : ""}${rest}` : `${minutes}\u00a0min`;
}

/**
 * @param {string} text what was kept, whatever it is
 * @returns {Timed | null}
 */
export function readTimed(text) {
  try {
    const kept = JSON.parse(text);
    const isWhole = kept && typeof kept.begun === "number" && typeof kept.since === "number" && kept.spent;
    return isWhole && typeof kept.part === "number" ? kept : null;
  } catch {
    return null;
  }
}
