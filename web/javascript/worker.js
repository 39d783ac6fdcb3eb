/**
 * The service worker of /repondre/: shows the pages that are on the device when the network does not answer, and sends
 * what waits when it is back, even with no page open. It keeps no page by itself: pages put theirs in a cache each.
 */

import { handOver, hasSent, keys, read, SendingError, send } from "./offline/outbox.js";

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
    event.respondWith(request.method === "GET" ? shown(request) : fetch(request).catch(unreachable));
  } else if (request.method === "GET" && new URL(request.url).pathname.indexOf("/static/") === 0) {
    event.respondWith(caches.match(request).then((kept) => kept || fetch(request)));
  }
});

/**
 * What an address shows on this device: nothing of a response that was given back; and in place of a link to a campaign
 * that somebody began to answer here, the question whether it is them.
 * @param {Request} request
 * @returns {Promise<Response>}
 */
function shown(request) {
  const url = new URL(request.url);
  const parts = url.pathname.split("/").filter(Boolean);
  const name = parts[1] || "";
  return inTime(keys()).then(
    (known) => {
      if (known.indexOf(name) >= 0) {
        return read(name).then((kept) => (kept.response?.handed ? givenBack(kept.response) : page(request)));
      }
      const isLink = parts.length === 2 && !/[?&](autre|deja)=/.test(url.search);
      return page(request).then((answer) => (isLink ? asked(answer, url, known) : answer));
    },
    () => page(request),
  );
}

/**
 * The same, but failed once waited for too long: a page that closes may hold the store, and nobody waits before a white
 * screen for that.
 * @template T
 * @param {Promise<T>} asked
 * @returns {Promise<T>}
 */
function inTime(asked) {
  /** @type {Promise<never>} */
  const late = new Promise((_resolve, reject) => {
    setTimeout(reject, PATIENCE, new Error("the store is silent"));
  });
  return Promise.race([asked, late]);
}

/**
 * @param {import("./offline/merge.js").KeptResponse} response
 * @returns {Response}
 */
function givenBack(response) {
  return Response.redirect(`/repondre/${response.lent || ""}?appareil=rendu`);
}

/**
 * The page of a link; in its place, the question whether it is the one who began here, when somebody did, or the same
 * page saying that a response has left from here.
 * @param {Response} answer
 * @param {URL} url
 * @param {string[]} known the keys of the responses kept here
 * @returns {Promise<Response>}
 */
function asked(answer, url, known) {
  return answer
    .clone()
    .text()
    .then((html) => {
      const campaign = (/data-campaign="(\d+)"/.exec(html) || [])[1];
      return campaign
        ? begunHere(campaign, known).then((begun) => begun || sentFromHere(answer, url, campaign))
        : answer;
    });
}

/**
 * @param {string} campaign
 * @param {string[]} known
 * @returns {Promise<Response | undefined>}
 */
function begunHere(campaign, known) {
  return Promise.all(known.map((key) => read(key))).then((all) => {
    const { response } = all.filter((kept) => kept.response?.campaign === campaign && !kept.response.handed)[0] || {};
    return response ? caches.match(`/repondre/${response.key}/ici`, { ignoreSearch: true }) : undefined;
  });
}

/**
 * @param {Response} answer
 * @param {URL} url
 * @param {string} campaign
 * @returns {Promise<Response>}
 */
function sentFromHere(answer, url, campaign) {
  if (!answer.ok || url.search.indexOf("appareil=") >= 0) {
    return Promise.resolve(answer);
  }
  const saying = `${url.pathname}${url.search}${url.search ? "&" : "?"}deja=oui`;
  return hasSent(campaign).then((sent) => (sent ? Response.redirect(saying) : answer));
}

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
      (answer) => (answer.status < 500 && answer.status !== 404 ? answer : here),
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
  const sendAll = keys().then((known) => Promise.all(known.map(sendOne)));
  /** @type {SyncEvent} */ (event).waitUntil(sendAll);
});

/**
 * @param {string} key
 * @returns {Promise<unknown>}
 */
function sendOne(key) {
  return read(key).then((kept) => (kept.response?.handed ? handOver(key) : send(key).catch(postpone)));
}

/**
 * A refusal waits for its person, who must read it; anything else is tried again by the browser.
 * @param {unknown} problem
 */
function postpone(problem) {
  if (!(problem instanceof SendingError) || !problem.status || problem.status >= 500) {
    throw problem;
  }
}
