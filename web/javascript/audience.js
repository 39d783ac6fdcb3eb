/** A phone of the room, where one joins and where one answers. Everything works without this script. */

import { known, Phone } from "./audience/phone.js";
import { canSave } from "./page/browser.js";
import { all, find, need, said } from "./page/elements.js";
import { recall } from "./page/storage.js";

/** The sizes of letters, in percent of what the phone writes. */
const SIZES = [100, 125, 150, 200];

/**
 * A phone that scans the code twice finds its own page again; the end of the room makes it forget.
 * @param {HTMLElement} again
 */
function findAgain(again) {
  const mine = recall("localStorage", known(said(again, "room")));
  if (mine) {
    need("a", HTMLAnchorElement, again).href = mine;
    again.hidden = false;
    const join = need("#depart button", HTMLButtonElement);
    join.textContent = said(again, "second");
    join.classList.add("quiet");
  }
}

/**
 * Two buttons write larger or smaller, for as long as the page is open.
 * @param {HTMLElement} place
 */
function resize(place) {
  let size = 0;
  const buttons = all("button", HTMLButtonElement, place);
  const write = (/** @type {number} */ by) => {
    size += by;
    document.documentElement.style.fontSize = `${SIZES[size]}%`;
    for (const button of buttons) {
      button.disabled = SIZES[size + Number(said(button, "size"))] === undefined;
    }
  };
  for (const button of buttons) {
    button.addEventListener("click", () => write(Number(said(button, "size"))));
  }
  write(0);
  place.hidden = false;
}

const again = find(".again", HTMLElement);
const page = find("#salle", HTMLElement);
const sizes = find(".sizes", HTMLElement);
if (sizes) {
  resize(sizes);
}
if (again) {
  findAgain(again);
}
if (page && canSave()) {
  new Phone(page).start();
}
