/** The projected page of a workshop: what is shown of it, and what is fetched to show next. */

import { isOurs } from "../page/answers.js";
import { find, need } from "../page/elements.js";
import { restoreDraft } from "./drafts.js";

/** How long an answer of the server is waited for, in milliseconds. */
const PATIENCE = 10000;

/**
 * What is projected now.
 * @returns {HTMLElement}
 */
export function screen() {
  return need("#atelier", HTMLElement);
}

/**
 * The skill that is projected, empty when it is none.
 * @returns {string}
 */
export function skill() {
  return find(".agree [name=savoir]", HTMLInputElement)?.value || "";
}

/** Counts come by themselves here, and what was typed comes back. */
export function ready() {
  const refresh = find(".refresh", HTMLElement);
  if (refresh) {
    refresh.hidden = true;
  }
  restoreDraft(skill());
}

/**
 * What a page that was fetched shows takes the place of what this one shows: the full screen stays.
 * @param {string} html
 */
export function swap(html) {
  const next = new DOMParser().parseFromString(html, "text/html");
  const fresh = next.getElementById("atelier");
  if (!fresh) {
    throw new Error("another page");
  }
  document.title = next.title;
  screen().replaceWith(document.adoptNode(fresh));
  ready();
  (document.getElementById("probleme") || screen()).focus({ preventScroll: true });
}

/**
 * Say why what was asked is not done yet.
 * @param {string} words
 */
export function say(words) {
  const place = document.getElementById("late");
  if (place) {
    place.textContent = words;
  }
}

/**
 * A page of ours: not a proxy's, while the server starts again, nor the one that asks to sign in. Fails with the answer
 * when it is another.
 * @param {string} address
 * @param {URLSearchParams} [body]
 * @returns {Promise<{ isDone: boolean, html: string }>}
 */
export function fetchPage(address, body) {
  const patience = new AbortController();
  const end = setTimeout(() => patience.abort(), PATIENCE);
  /** @type {RequestInit} */
  const options = { method: body ? "POST" : "GET", credentials: "same-origin", signal: patience.signal };
  if (body) {
    options.body = body;
  }
  return fetch(address, options).then((answer) => {
    const isLate = answer.status >= 500 || [400, 401, 408, 429].indexOf(answer.status) >= 0;
    if (!isOurs(answer) || isLate || asksToSignIn(answer)) {
      throw answer;
    }
    return answer.text().then((html) => {
      clearTimeout(end);
      return { isDone: answer.ok, html };
    });
  });
}

/**
 * Whether the session has ended: the answer is the page that asks to sign in, or a refusal of the form's token.
 * @param {unknown} answer
 * @returns {boolean}
 */
export function isSignedOut(answer) {
  return answer instanceof Response && ([400, 401].indexOf(answer.status) >= 0 || asksToSignIn(answer));
}

/**
 * @param {Response} answer
 * @returns {boolean}
 */
function asksToSignIn(answer) {
  return /\/connexion/.test(answer.url);
}
