/**
 * While something is being prepared, its page says how far it is; then what was prepared is taken from there. Without
 * this script the page comes back by itself.
 */

import { find, said } from "./page/elements.js";

/** Time between two questions, in milliseconds. */
const PAUSE = 1500;

/** @returns {HTMLElement | null} */
function shown() {
  return find("#preparation", HTMLElement);
}

/** Say, in place of how far the work is, that nothing is known of it. */
function unreachable() {
  const here = shown();
  const words = here && find("[data-words]", HTMLElement, here);
  if (here && words) {
    words.textContent = said(here, "unreachable");
  }
}

/**
 * Show what the page says now; a page that says something else than how far the work is, is there to be read.
 * @param {string} text
 */
function show(text) {
  const news = find("#preparation", HTMLElement, new DOMParser().parseFromString(text, "text/html"));
  const here = shown();
  if (!news || !here) {
    location.reload();
    return;
  }
  here.parentNode?.replaceChild(document.importNode(news, true), here);
  go();
}

function ask() {
  fetch(location.href, { credentials: "same-origin", headers: { Accept: "text/html" } })
    .then((answer) => {
      if (!answer.ok) {
        throw answer;
      }
      return answer.text();
    })
    .then(show, () => {
      unreachable();
      wait();
    });
}

function wait() {
  setTimeout(ask, PAUSE);
}

/** Take what is ready, wait for what is not. */
function go() {
  const here = shown();
  const state = here?.getAttribute("data-state");
  if (here && state === "ready") {
    location.assign(said(here, "take"));
  } else if (state === "pending") {
    wait();
  }
}

go();
