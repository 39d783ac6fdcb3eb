/** While a document is being made the page says so; without this script, or if anything here fails, the link downloads it. */

import { need, origin, said } from "./page/elements.js";

/** How long the browser has to save a document before its copy in memory goes, in milliseconds. */
const SAVED = 60000;

/** Time between two questions about a document that is being made, in milliseconds. */
const PAUSE = 1000;

/**
 * @param {HTMLAnchorElement} link
 * @param {string} name which of its sentences
 */
function say(link, name) {
  need("[role=status]", HTMLElement, link.closest("li") || document).textContent = said(link, name);
}

/**
 * @param {Blob} blob
 * @param {string} name
 */
function save(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.appendChild(link);
  link.click();
  link.remove();
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, SAVED);
}

/**
 * The name that the server gives a document.
 * @param {Response} answer
 * @returns {string}
 */
function nameOf(answer) {
  const found = /filename="?([^";]+)/.exec(answer.headers.get("Content-Disposition") || "");
  return found?.[1] || "grille";
}

/**
 * Which sentence says a failure: waiting helps when the network or the server is busy, not when the document cannot be
 * made.
 * @param {unknown} problem
 * @returns {string}
 */
function failure(problem) {
  const isBroken = problem instanceof Response && problem.status >= 400 && [429, 503].indexOf(problem.status) < 0;
  return isBroken ? "broken" : "failed";
}

/**
 * What an address answers to somebody who reads pages; throws the answer when it is a refusal.
 * @param {string} address
 * @returns {Promise<Response>}
 */
function asked(address) {
  return fetch(address, { credentials: "same-origin", headers: { Accept: "text/html" } }).then((answer) => {
    if (!answer.ok) {
      throw answer;
    }
    return answer;
  });
}

/**
 * The document of a link, once it is there: until then the server answers with a page that says how far it is.
 * @param {HTMLAnchorElement} link
 * @param {Response} answer
 * @returns {Promise<Response>}
 */
function awaited(link, answer) {
  if (answer.headers.get("Content-Disposition")) {
    return Promise.resolve(answer);
  }
  return answer.text().then((text) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    const state = page.querySelector("#preparation")?.getAttribute("data-state");
    if (state === "failed" || !state) {
      throw new Response(null, { status: 500 });
    }
    if (state === "ready") {
      return asked(link.href).then((taken) => awaited(link, taken));
    }
    const words = page.querySelector("[data-words]")?.textContent;
    need("[role=status]", HTMLElement, link.closest("li") || document).textContent = words || said(link, "waiting");
    return pause()
      .then(() => asked(answer.url))
      .then((again) => awaited(link, again));
  });
}

/** @returns {Promise<void>} */
function pause() {
  return new Promise((resolve) => {
    setTimeout(resolve, PAUSE);
  });
}

/** @param {HTMLAnchorElement} link */
function take(link) {
  link.setAttribute("aria-busy", "true");
  say(link, "waiting");
  asked(link.href)
    .then((answer) => awaited(link, answer))
    .then((answer) =>
      answer.blob().then((blob) => {
        save(blob, nameOf(answer));
      }),
    )
    .then(
      () => {
        say(link, "done");
      },
      (problem) => {
        say(link, failure(problem));
      },
    )
    .then(() => {
      link.removeAttribute("aria-busy");
    });
}

/** @param {MouseEvent} event */
function clicked(event) {
  const link = origin(event).closest("a[data-waiting]");
  if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) {
    return;
  }
  event.preventDefault();
  if (!link.hasAttribute("aria-busy")) {
    take(link);
  }
}

document.addEventListener("click", clicked);
