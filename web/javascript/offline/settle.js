/** The end of a response on a device: nothing of it stays, once what waited has been sent or given back. */

import { unsaved } from "./merge.js";
import { forget, read, SendingError, send } from "./outbox.js";

/**
 * Send what waits, then forget the response. What the server refuses stays here until its author corrects it; what it can
 * take no more is given back.
 * @param {string} key
 * @param {boolean} isSaid whether the page already says what could not be saved
 * @param {(key: string, kept: import("./merge.js").Kept) => void} giveBack
 * @returns {Promise<boolean>} whether nothing stays
 */
export function settle(key, isSaid, giveBack) {
  return read(key).then((kept) => {
    if (isSaid || !unsaved(kept).length) {
      return forget(key).then(() => true);
    }
    return send(key, true).then(
      (reply) => (reply?.problems.length ? false : forget(key).then(() => true)),
      (problem) => {
        if (problem instanceof SendingError && problem.status >= 400 && problem.status < 500) {
          giveBack(key, kept);
        }
        return false;
      },
    );
  });
}
