/**
 * The projected page of a workshop: keys and clicker, counts kept up to date, and acts that keep the full screen.
 * Without it the same buttons send the same forms, and « Actualiser » brings the counts.
 */

import { find, origin, said, sender } from "./page/elements.js";
import { holdBack } from "./page/forms.js";
import { isShortcut, nameOf, toggleFullScreen } from "./page/keys.js";
import { Acts } from "./workshops/acts.js";
import { keepDraft, levelInput } from "./workshops/drafts.js";
import { ready, screen, skill } from "./workshops/screen.js";

/**
 * @typedef {object} State Where the workshop is.
 * @property {string} version
 * @property {string} words how many have answered
 * @property {string} revealing why nothing can be revealed yet, or that it is done once
 * @property {string} first the button that one key presses
 */

/** How often the counts are asked for, in milliseconds. */
const EVERY = 2000;

const acts = new Acts();
/** The version of the counts, as the server names it, and what was shown when they came. @type {string | null} */
let tag = null;
/** @type {HTMLElement | null} */
let tagged = null;

function ask() {
  const place = screen();
  const state = said(place, "state");
  if (document.hidden || !acts.isIdle || !state) {
    return;
  }
  const count = find("[data-count]", HTMLElement);
  /** @type {Record<string, string>} */
  const headers = tag && tagged === place ? { "If-None-Match": tag } : {};
  fetch(state, { headers, cache: "no-store", credentials: "same-origin", redirect: "error" })
    .then((answer) => {
      if (answer.status === 304) {
        return null;
      }
      if (!answer.ok) {
        throw answer;
      }
      tag = answer.headers.get("ETag");
      tagged = place;
      return answer.json();
    })
    .then((/** @type {State | null} */ reply) => {
      if (reply && place === screen() && acts.isIdle) {
        show(place, count, reply);
      }
    })
    .catch(() => {
      tag = null;
      if (count) {
        count.textContent = said(place, "lost");
        count.classList.add("lost");
      }
    });
}

/**
 * @param {HTMLElement} place
 * @param {HTMLElement | null} count
 * @param {State} reply
 */
function show(place, count, reply) {
  if (reply.version !== said(place, "version")) {
    acts.follow(said(place, "page"));
    return;
  }
  if (count) {
    count.textContent = reply.words;
    count.classList.remove("lost");
  }
  const revealing = find("[data-revealing]", HTMLElement);
  if (revealing && revealing.textContent !== reply.revealing) {
    revealing.textContent = reply.revealing;
  }
  for (const id of ["reveler", "suite"]) {
    document.getElementById(id)?.classList.toggle("quiet", id !== reply.first);
  }
}

/* ---- Keys ---- */

/** @param {string} id */
function press(id) {
  document.getElementById(id)?.click();
}

function onward() {
  const reveal = document.getElementById("reveler");
  press(reveal && !reveal.classList.contains("quiet") ? "reveler" : "suite");
}

/** @type {Record<string, () => void>} */
const keys = {
  ArrowRight: onward,
  PageDown: onward,
  ArrowLeft: () => press("precedent"),
  PageUp: () => press("precedent"),
  r: () => press("reveler"),
  n: () => press("noter"),
  f: toggleFullScreen,
  c: () => document.getElementById("comment")?.focus(),
};

/**
 * Whether a key is for the field that it is pressed in: a text that is written, a level that arrows choose.
 * @param {KeyboardEvent} event
 * @returns {boolean}
 */
function isForField(event) {
  const from = origin(event);
  if (from instanceof HTMLElement && from.id === "comment") {
    if (event.key === "Escape") {
      from.blur();
    }
    return event.key !== "PageDown" && event.key !== "PageUp";
  }
  return from.closest("input") !== null && /^Arrow/.test(event.key);
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  const key = nameOf(event);
  if (isShortcut(event) || isForField(event)) {
    return;
  }
  if (/^\d$/.test(key)) {
    choose(event, key);
  } else if (keys[key]) {
    keys[key]();
    event.preventDefault();
  }
}

/**
 * @param {KeyboardEvent} event
 * @param {string} value
 */
function choose(event, value) {
  const level = levelInput(value);
  if (level) {
    level.checked = true;
    level.focus();
    keepDraft(skill());
    event.preventDefault();
  }
}

document.addEventListener("submit", (event) => {
  event.preventDefault();
  acts.add(/** @type {HTMLFormElement} */ (event.target), sender(event));
});
document.addEventListener("input", (event) => {
  if (origin(event).closest(".agree")) {
    keepDraft(skill());
  }
});
window.addEventListener("online", () => {
  acts.patience.reset();
  acts.send();
});
holdBack(() => acts.waiting.length > 0);
document.addEventListener("keydown", pressed);
ready();
setInterval(ask, EVERY);
document.addEventListener("visibilitychange", ask);
