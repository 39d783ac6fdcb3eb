/** On a page that ends a response: nothing of it stays on this device. */

import { giveBack } from "./offline/give_back.js";
import { noteSent } from "./offline/outbox.js";
import { settle } from "./offline/settle.js";
import { canKeep, reloadWhenShownAgain } from "./page/browser.js";
import { find } from "./page/elements.js";

reloadWhenShownAgain();

const end = find("[data-forget]", HTMLElement);
if (end && "sent" in end.dataset && canKeep()) {
  noteSent(document.body.dataset.campaign || "");
}
if (end?.dataset.forget && "indexedDB" in window) {
  settle(end.dataset.forget, "said" in end.dataset, giveBack).then(
    (isForgotten) => {
      if (isForgotten) {
        end.dataset.forgotten = "";
      }
    },
    () => {
      // Where a browser keeps nothing, nothing is there to forget.
    },
  );
}
