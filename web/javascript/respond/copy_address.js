/** The button that copies the address of a response. */

import { find, need, said } from "../page/elements.js";

/** Show the button where the browser can copy. */
export function copyAddress() {
  const button = find(".copy", HTMLButtonElement);
  if (!button || !navigator.clipboard) {
    return;
  }
  const field = need("#adresse", HTMLTextAreaElement);
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.clipboard.writeText(field.value).then(
      () => {
        need(".status", HTMLElement, button.parentElement || document).textContent = said(button, "done");
      },
      () => {
        field.select();
      },
    );
  });
}
