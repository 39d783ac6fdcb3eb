/** A phone of the room, where one joins and where one answers. Everything works without this script. */

import { known, Phone } from "./audience/phone.js";
import { canSave } from "./page/browser.js";
import { find, need, said } from "./page/elements.js";
import { recall } from "./page/storage.js";

/**
 * A phone that scans the code twice finds its own page again; the end of the room makes it forget.
 * @param {HTMLElement} again
 */
function findAgain(again) {
  const mine = recall("localStorage", known(said(again, "room")));
  if (mine) {
    need("a", HTMLAnchorElement, again).href = mine;
    again.hidden = false;
  }
}

const again = find(".again", HTMLElement);
const page = find("#salle", HTMLElement);
if (again) {
  findAgain(again);
}
if (page && canSave()) {
  new Phone(page).start();
}
