/** On paper nothing can be opened any more: what belongs on paper is opened before printing, and put back after. */

import { all } from "./page/elements.js";

/** @type {HTMLDetailsElement[]} */
let opened = [];

window.addEventListener("beforeprint", () => {
  opened = all("details.on-paper:not([open])", HTMLDetailsElement);
  for (const one of opened) {
    one.open = true;
  }
});
window.addEventListener("afterprint", () => {
  for (const one of opened) {
    one.open = false;
  }
});
for (const button of all("[data-print]", HTMLElement)) {
  button.hidden = false;
  button.addEventListener("click", () => {
    window.print();
  });
}
