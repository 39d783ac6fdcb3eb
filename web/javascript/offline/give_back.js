/** What could not be saved, given back to be read. */

import { unsaved, written } from "./merge.js";
import { address } from "./outbox.js";

/**
 * The collection is over, or the response deleted: go to the server's page that tells it, with what it could not save.
 * @param {string} key
 * @param {import("./merge.js").Kept} kept
 */
export function giveBack(key, kept) {
  const form = document.createElement("form");
  const text = document.createElement("textarea");
  form.method = "post";
  form.action = address(key, "non-enregistre", location.search);
  form.hidden = true;
  text.name = "answers";
  text.value = written(unsaved(kept));
  form.appendChild(text);
  document.body.appendChild(form);
  form.submit();
}
