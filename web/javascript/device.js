/**
 * A device that passes from hand to hand: it is given back at once, and the next person begins, with a network or not.
 * On the page that asks whether it is the one who began, it leads to where they were.
 */

import { keepLent, LentDevice } from "./offline/lent.js";
import { handAllOver, handOver, read, remember } from "./offline/outbox.js";
import { canKeep, reloadWhenShownAgain } from "./page/browser.js";
import { find, need, said, sender } from "./page/elements.js";

/** How long the server is waited for before the device goes on without it, in milliseconds. */
const PATIENCE = 5000;

const returning = find("form[data-return]", HTMLFormElement);
const starting = find("form[data-lent]", HTMLFormElement);
const resuming = find("a[data-here]", HTMLAnchorElement);

/**
 * @param {HTMLFormElement} form
 * @param {boolean} submit
 */
function giveBack(form, submit) {
  const key = said(form, "return");
  const next = `/repondre/${need("[name=lien]", HTMLInputElement, form).value}?appareil=rendu`;
  const patience = new Promise((resolve) => {
    setTimeout(resolve, PATIENCE);
  });
  remember(key, submit ? { handed: true, submit } : { handed: true })
    .then(() => caches.delete(`reponse-${key}`))
    .then(() => Promise.race([handOver(key), patience]))
    .then(
      () => location.replace(next),
      () => form.submit(),
    );
}

if (returning && canKeep()) {
  returning.addEventListener("submit", (event) => {
    event.preventDefault();
    giveBack(returning, sender(event)?.name === "envoyer");
  });
}

if (starting && canKeep()) {
  const device = new LentDevice(starting);
  const sendAll = () => handAllOver().then(() => starting.setAttribute("data-settled", ""));
  window.addEventListener("online", sendAll);
  sendAll();
  starting.addEventListener("submit", (event) => device.begin(event));
  keepLent(said(starting, "lent")).then(
    () => starting.setAttribute("data-ready", ""),
    () => {
      // Without a worker, a store or a network, what was kept before stays.
    },
  );
}

if (resuming) {
  read(said(resuming, "here")).then((kept) => {
    resuming.href = kept.response?.place || resuming.href;
  });
}

reloadWhenShownAgain();
