/** The button that copies the address of a response. */

import { find, need, said } from "../page/elements.js";

/** Show the buttons where the browser can copy an address, or hand it on to other programs of the device. */
export function copyAddress() {
  showSharing();
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

function showSharing() {
  const button = find(".share", HTMLButtonElement);
  if (!button || !("share" in navigator)) {
    return;
  }
  button.hidden = false;
  button.addEventListener("click", () => {
    const url = need("#adresse", HTMLTextAreaElement).value;
    navigator.share({ title: said(button, "title"), url }).catch(() => {
      // Closed without a choice.
    });
  });
}
