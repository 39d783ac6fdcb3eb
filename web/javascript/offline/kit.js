/** Everything that a device needs to go on without a network, in one request. */

import { address, mirror, remember } from "./outbox.js";

/**
 * @typedef {object} Kit What the server sends (``/repondre/<key>/trousse``).
 * @property {Record<string, string>} pages the HTML of each page, by its address
 * @property {string[]} files the addresses of what those pages are made with
 * @property {Record<string, string[]>} questions the codes of each page, by its number
 * @property {Record<string, import("./merge.js").Fields>} answers
 * @property {number} now
 * @property {number} latest
 */

/**
 * Fetch the kit of a response and keep it here; fails when the server gives none.
 * @param {string} key
 * @returns {Promise<void>}
 */
export function fetchKit(key) {
  const there = address(key, "trousse", location.search);
  return fetch(there, { headers: { Accept: "application/json" } }).then((answer) => {
    if (!answer.ok) {
      throw new Error("no kit");
    }
    const policy = answer.headers.get("Content-Security-Policy") || "";
    return answer.json().then((/** @type {Kit} */ kit) => keepKit(key, kit, policy));
  });
}

/**
 * @param {string} key
 * @param {Kit} kit
 * @param {string} policy
 * @returns {Promise<void>}
 */
function keepKit(key, kit, policy) {
  const facts = { offset: kit.now - Date.now(), latest: kit.latest, pages: kit.questions };
  return keepPages(key, kit, policy)
    .then(() => remember(key, facts))
    .then(() => mirror(key, kit.answers, kit.latest));
}

/**
 * Into a cache of this response's own, which is wiped with it.
 * @param {string} key
 * @param {Kit} kit
 * @param {string} policy
 * @returns {Promise<unknown>}
 */
function keepPages(key, kit, policy) {
  const headers = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": policy,
    "Referrer-Policy": "no-referrer",
  };
  return caches.open(`reponse-${key}`).then((cache) => {
    const pages = Object.keys(kit.pages).map((path) => {
      const html = (kit.pages[path] || "").replace("<html", "<html data-kept");
      return cache.put(path, new Response(html, { headers }));
    });
    return Promise.all(pages.concat(cache.addAll(kit.files)));
  });
}
