/** A phone in a workshop, where one joins and where one answers. Everything works without this script. */

import { canSave } from "./page/browser.js";
import { find, need, said } from "./page/elements.js";
import { countWhenAsked } from "./page/forms.js";
import { recall } from "./page/storage.js";
import { known, Phone } from "./workshops/phone.js";

/**
 * A phone that scans the code twice finds its own response again; the group's end makes it forget.
 * @param {HTMLElement} again
 */
function findAgain(again) {
  const mine = recall("localStorage", known(said(again, "workshop")));
  if (mine) {
    need("a", HTMLAnchorElement, again).href = mine;
    again.hidden = false;
  }
}

const again = find(".again", HTMLElement);
const form = find("form#reponse", HTMLFormElement);
if (again) {
  findAgain(again);
}
if (form) {
  countWhenAsked(form);
  if (canSave()) {
    new Phone(form).start();
  }
}
