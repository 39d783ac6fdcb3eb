/** Texts to copy or to hand on to other programs of the device: the buttons show where the browser can. */

import { all, need, said } from "./page/elements.js";

/**
 * @param {string} id
 * @returns {HTMLTextAreaElement}
 */
function textOf(id) {
  return need(`#${id}`, HTMLTextAreaElement);
}

for (const button of all("[data-copies]", HTMLButtonElement)) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", () => {
    const text = textOf(said(button, "copies"));
    navigator.clipboard.writeText(text.value).then(
      () => {
        need(".status", HTMLElement, button.parentElement || document).textContent = said(button, "done");
      },
      () => text.select(),
    );
  });
}

for (const button of all("[data-shares]", HTMLButtonElement)) {
  button.hidden = !("share" in navigator);
  button.addEventListener("click", () => {
    navigator.share({ text: textOf(said(button, "shares")).value }).catch(() => {
      // Closed without a choice.
    });
  });
}
