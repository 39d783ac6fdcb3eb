/**
 * What respondents' pages do besides what pages do by themselves: save every change at once, read questions aloud, copy
 * an address, and bring what goes on without a network. Everything works without this script.
 */

import { canKeep, canSave, reloadWhenShownAgain } from "./page/browser.js";
import { find, said } from "./page/elements.js";
import { bring, countWhenAsked } from "./page/forms.js";
import { copyAddress } from "./respond/copy_address.js";
import { readAloud } from "./respond/read_aloud.js";
import { SavedPage } from "./respond/save_at_once.js";

const form = find("form#page", HTMLFormElement);
const kept = find("form[data-latest]", HTMLFormElement);
find("#problemes", HTMLElement)?.focus();
copyAddress();
reloadWhenShownAgain();
if (form) {
  readAloud(form);
  countWhenAsked(form);
  if (canSave()) {
    new SavedPage(form).start();
  }
}
if (kept && canKeep()) {
  // offline.js comes once the page is there: a page must not wait for it.
  window.addEventListener("load", () => {
    bring(said(kept, "script"));
  });
}
