/**
 * The service worker of /repondre/: shows the pages that are on the device when the network does not answer, and sends
 * what waits when it is back, even with no page open. It keeps no page by itself: pages put theirs in a cache each.
 */

import { keys, SendingError, send } from "./offline/outbox.js";

/** @typedef {ExtendableEvent & { tag: string }} SyncEvent */

/** How long a page that is here waits for the server's, in milliseconds. */
const PATIENCE = 5000;

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

worker.addEventListener("install", () => {
  worker.skipWaiting();
});
worker.addEventListener("activate", (event) => {
  event.waitUntil(worker.clients.claim());
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") {
    event.respondWith(request.method === "GET" ? page(request) : fetch(request).catch(unreachable));
  } else if (request.method === "GET" && new URL(request.url).pathname.indexOf("/static/") === 0) {
    event.respondWith(caches.match(request).then((kept) => kept || fetch(request)));
  }
});

/**
 * The page as it is on the server, or the one that is here when the server is silent.
 * @param {Request} request
 * @returns {Promise<Response>}
 */
function page(request) {
  return kept(request).then((here) => {
    if (!here) {
      return fetch(request).catch(unreachable);
    }
    /** @type {Promise<Response>} */
    const late = new Promise((resolve) => {
      setTimeout(resolve, PATIENCE, here);
    });
    const there = fetch(request).then(
      (answer) => (answer.status < 500 ? answer : here),
      () => here,
    );
    return Promise.race([there, late]);
  });
}

/**
 * @param {Request} request
 * @returns {Promise<Response | undefined>}
 */
function kept(request) {
  return caches.match(request).then((exact) => exact || caches.match(request, { ignoreSearch: true }));
}

/** @returns {Promise<Response>} */
function unreachable() {
  return caches.match("/repondre/hors-connexion").then((here) => here || Response.error());
}

worker.addEventListener("sync", (event) => {
  const sendAll = keys().then((known) => Promise.all(known.map((key) => send(key).catch(postpone))));
  /** @type {SyncEvent} */ (event).waitUntil(sendAll);
});

/**
 * A refusal waits for its person, who must read it; anything else is tried again by the browser.
 * @param {unknown} problem
 */
function postpone(problem) {
  if (!(problem instanceof SendingError) || !problem.status || problem.status >= 500) {
    throw problem;
  }
}
