/**
 * The séance: slides driven by keys, clickers and fingers, with the presenter's window and the decisions of the room where
 * the page has them. Without it the slides are read by scrolling.
 */

import { find, origin } from "./page/elements.js";
import { isShortcut, nameOf, toggleFullScreen } from "./page/keys.js";
import { Audience } from "./session/audience.js";
import { Decisions } from "./session/decisions.js";
import { Deck } from "./session/deck.js";
import { Elsewhere } from "./session/elsewhere.js";
import { present } from "./session/presenter.js";

/** How far a finger goes to turn a slide, in pixels. */
const SWIPE = 60;

const deck = new Deck();
const help = find("#help", HTMLDialogElement);
/** The digits typed so far of a slide's number. */
let typed = "";

function toggleHelp() {
  if (help?.open) {
    help.close();
  } else {
    help?.showModal();
  }
}

function openPresenter() {
  const { presenter } = document.body.dataset;
  if (presenter) {
    window.open(presenter + location.search + location.hash, deck.name, "popup,width=1280,height=760");
  }
}

function printNotes() {
  document.body.classList.toggle("with-notes");
  window.print();
}

const on = () => deck.by(1);
const back = () => deck.by(-1);
/** @type {Record<string, () => void>} */
const keys = {
  ArrowRight: on,
  ArrowDown: on,
  PageDown: on,
  ArrowLeft: back,
  ArrowUp: back,
  PageUp: back,
  Backspace: back,
  Home: () => deck.show(0, true),
  End: () => deck.show(deck.slides.length - 1, true),
  f: toggleFullScreen,
  b: () => deck.toggleBlack(),
  ".": () => deck.toggleBlack(),
  r: () => deck.revealAll(),
  p: openPresenter,
  n: printNotes,
  "?": toggleHelp,
  h: toggleHelp,
};

/**
 * Whether a key is somebody's who is writing.
 * @param {KeyboardEvent} event
 * @returns {boolean}
 */
function isWriting(event) {
  const field = origin(event).closest("input:not([type=checkbox]), textarea, [contenteditable]");
  if (!(field instanceof HTMLElement)) {
    return false;
  }
  if (event.key === "Escape") {
    field.blur();
  }
  return event.key !== "PageDown" && event.key !== "PageUp";
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  if (isShortcut(event) || (help?.open && event.key !== "?") || isWriting(event)) {
    return;
  }
  const key = nameOf(event);
  if (/^\d$/.test(key)) {
    typed = (typed + key).slice(-3);
    return;
  }
  const act = actOf(key, event.shiftKey, origin(event).closest("a, button, input") !== null);
  if (act) {
    act();
    typed = "";
    event.preventDefault();
  }
}

/**
 * What a key does; null when it is not ours.
 * @param {string} key
 * @param {boolean} isShifted
 * @param {boolean} isOnControl whether the browser already does something of it
 * @returns {(() => void) | null}
 */
function actOf(key, isShifted, isOnControl) {
  const number = Number(typed) - 1;
  if (key === "Enter" && typed) {
    return () => deck.show(number, true);
  }
  if (key === " " || key === "Enter") {
    const turn = key === " " && isShifted ? back : on;
    return isOnControl ? null : turn;
  }
  return keys[key] || null;
}

/** @param {MouseEvent} event */
function clicked(event) {
  const link = origin(event).closest(".foot a");
  if (link && deck.isLive) {
    event.preventDefault();
    deck.show(deck.current + (link.classList.contains("next") ? 1 : -1), true);
  }
}

/** @type {Touch | undefined} */
let from;

/** @param {TouchEvent} event */
function touched(event) {
  const to = event.changedTouches[0];
  if (!from || !to || !deck.isLive) {
    return;
  }
  const across = to.clientX - from.clientX;
  const along = to.clientY - from.clientY;
  if (Math.abs(across) > SWIPE && Math.abs(across) > 2 * Math.abs(along)) {
    deck.by(across < 0 ? 1 : -1);
  }
}

/** @param {Event} event */
function chosen(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches(".choices")) {
    return;
  }
  event.preventDefault();
  if (help?.open) {
    help.close();
  }
  const query = new URLSearchParams();
  new FormData(form).forEach((value, name) => {
    query.append(name, String(value));
  });
  deck.reach(`${location.pathname}?${query}${location.hash}`);
}

document.addEventListener("keydown", pressed);
document.addEventListener("click", clicked);
document.addEventListener(
  "touchstart",
  (event) => {
    from = event.touches[0];
  },
  { passive: true },
);
document.addEventListener("touchend", touched, { passive: true });
document.addEventListener("submit", chosen);
deck.start();
if (find("#said", HTMLElement)) {
  present(deck);
}
const { audience, place } = document.body.dataset;
if (audience) {
  new Audience(deck, audience).start();
}
if (place) {
  new Elsewhere(deck, place).start();
}
const deciding = find(".deciding", HTMLElement);
if (deciding) {
  new Decisions(deciding, () => deck.tellDecided()).start();
}
