/** Everything that a device needs to go on without a network, in one request. */

import { address, mirror, remember } from "./outbox.js";

/**
 * @typedef {object} Kit What the server sends (``/repondre/<key>/trousse``).
 * @property {Record<string, string>} pages the HTML of each page, by its address
 * @property {string[]} files the addresses of what those pages are made with
 * @property {Record<string, string[]>} questions the codes of each page, by its number
 * @property {Record<string, import("./merge.js").Fields>} answers
 * @property {string} campaign
 * @property {string} lent the token of the link that a lent device goes back to; empty on any other
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
  const { campaign, lent } = kit;
  const facts = { offset: kit.now - Date.now(), latest: kit.latest, pages: kit.questions, campaign, lent };
  return keepPages(`reponse-${key}`, kit.pages, kit.files, policy)
    .then(() => remember(key, facts))
    .then(() => mirror(key, kit.answers, kit.latest));
}

/**
 * Keep pages with what they are made of, in a cache of their own: that of a response is wiped with it.
 * @param {string} name
 * @param {Record<string, string>} pages the HTML of each, by its address
 * @param {string[]} files
 * @param {string} policy
 * @returns {Promise<unknown>}
 */
export function keepPages(name, pages, files, policy) {
  const headers = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": policy,
    "Referrer-Policy": "no-referrer",
  };
  return caches.open(name).then((cache) => {
    const kept = Object.keys(pages).map((path) => {
      const html = (pages[path] || "").replace("<html", "<html data-kept");
      return cache.put(path, new Response(html, { headers }));
    });
    return Promise.all(kept.concat(cache.addAll(files)));
  });
}
