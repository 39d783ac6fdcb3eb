/** On a page that ends a response: nothing of it stays here, once what waited has been sent or given back. */

import { giveBack } from "./offline/give_back.js";
import { unsaved } from "./offline/merge.js";
import { forget, read, SendingError, send } from "./offline/outbox.js";
import { find } from "./page/elements.js";

/**
 * @param {string} key
 * @param {boolean} isTold whether this page already says what could not be saved
 * @returns {Promise<unknown>}
 */
function settle(key, isTold) {
  return read(key).then((kept) => {
    if (isTold || !unsaved(kept).length) {
      return forget(key);
    }
    return send(key).then(
      () => forget(key),
      (problem) => {
        if (problem instanceof SendingError && problem.status >= 400 && problem.status < 500) {
          giveBack(key, kept);
        }
      },
    );
  });
}

const end = find("[data-forget]", HTMLElement);
if (end?.dataset.forget && "indexedDB" in window) {
  settle(end.dataset.forget, "told" in end.dataset).then(
    () => {
      end.dataset.forgotten = "";
    },
    () => {
      // Where a browser keeps nothing, nothing is there to forget.
    },
  );
}
