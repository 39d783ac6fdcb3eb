/** Keeps the figures of participation up to date while the page is looked at. Reloading does the same. */

import { find, need, said } from "./page/elements.js";

/** @typedef {{ college: string, count: number, sentence: string, share: string }} Share */
/** @typedef {{ total: number, colleges: Share[] }} Participation */

/** How often, in milliseconds. */
const EVERY = 10000;

/**
 * A number as the language of the page writes it.
 * @param {number} count
 * @returns {string}
 */
function counted(count) {
  return count.toLocaleString(document.documentElement.lang);
}

/**
 * @param {HTMLElement} place
 * @param {Participation} reply
 */
function show(place, reply) {
  const words = need(".total-words", HTMLElement);
  need(".total", HTMLElement).textContent = counted(reply.total);
  words.textContent = said(words, reply.total < 2 ? "one" : "many");
  for (const share of reply.colleges) {
    const row = find(`tr[data-college='${CSS.escape(share.college)}']`, HTMLElement, place);
    if (row) {
      showShare(row, share);
    }
  }
}

/**
 * @param {HTMLElement} row
 * @param {Share} share
 */
function showShare(row, share) {
  need(".count", HTMLElement, row).textContent = counted(share.count);
  need(".said", HTMLElement, row).textContent = share.sentence;
  need(".share", HTMLElement, row).textContent = share.share;
  const bar = find("progress", HTMLProgressElement, row);
  if (bar) {
    bar.value = Math.min(share.count, bar.max);
  }
}

/** @param {HTMLElement} place */
function follow(place) {
  const live = need(".live", HTMLElement, place);

  const ask = () => {
    if (document.hidden) {
      return;
    }
    fetch(said(place, "source"), { credentials: "same-origin", redirect: "error" })
      .then((answer) => {
        if (answer.status === 404) {
          location.reload(); // closed meanwhile: the page says what comes next
        }
        if (!answer.ok) {
          throw answer;
        }
        return answer.json();
      })
      .then((/** @type {Participation} */ reply) => {
        show(place, reply);
        live.textContent = said(live, "live");
      })
      .catch(() => {
        live.textContent = said(live, "lost");
      });
  };

  live.textContent = said(live, "live");
  setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", ask);
}

const place = find("#suivi", HTMLElement);
if (place) {
  follow(place);
}
