/** The link of a lent device: the next person begins from what the device holds, when the server does not answer. */

import { said, sender } from "../page/elements.js";
import { keepPages } from "./kit.js";
import { address, post, remember, SendingError } from "./outbox.js";
import { registered } from "./registration.js";

/** @typedef {{ pages: Record<string, string>, questions: Record<string, string[]> }} Blank The pages of a college. */

/**
 * @typedef {object} LentKit What the server sends (``/repondre/<token>/pret``).
 * @property {Record<string, string>} pages the welcome, and the page for others that are not here
 * @property {Record<string, Blank>} colleges
 * @property {string[]} files
 * @property {string} placeholder what stands for the key in the pages
 * @property {string} campaign
 * @property {number} now
 */

/** @typedef {{ kit: LentKit, policy: string, offset: number }} KeptKit */

/** How long the server is waited for before the device begins by itself, in milliseconds. */
const PATIENCE = 5000;

/**
 * Keep here all that the next people need, as it is now.
 * @param {string} token
 * @returns {Promise<unknown>}
 */
export function keepLent(token) {
  const there = address(token, "pret");
  return registered()
    .then(() => fetch(there, { headers: { Accept: "application/json" } }))
    .then((answer) => {
      if (!answer.ok) {
        throw new Error("no kit");
      }
      const policy = answer.headers.get("Content-Security-Policy") || "";
      return answer.json().then((/** @type {LentKit} */ kit) => {
        const name = `pret-${token}`;
        const kept = JSON.stringify({ kit, policy, offset: kit.now - Date.now() });
        return keepPages(name, kit.pages, kit.files, policy)
          .then(() => caches.open(name))
          .then((cache) => cache.put(there, new Response(kept)));
      });
    });
}

/**
 * The key that the server derives from a nonce (``storage.core.tokens.secret_from``).
 * @param {string} nonce
 * @param {string} campaign
 * @returns {Promise<string>}
 */
export function keyFrom(nonce, campaign) {
  const material = new TextEncoder().encode(`${nonce}\0${campaign}`);
  return crypto.subtle.digest("SHA-256", material).then((hash) => encoded(new Uint8Array(hash).subarray(0, 16)));
}

/**
 * A nonce that nobody has used: each person of a lent device begins a response of their own.
 * @returns {string}
 */
function newNonce() {
  return encoded(crypto.getRandomValues(new Uint8Array(16)));
}

/**
 * @param {Uint8Array} bytes
 * @returns {string}
 */
function encoded(bytes) {
  const text = Array.prototype.map.call(bytes, (/** @type {number} */ byte) => String.fromCharCode(byte)).join("");
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

export class LentDevice {
  /** @param {HTMLFormElement} form the form of the welcome, where a college is chosen */
  constructor(form) {
    this.token = said(form, "lent");
    this.isBeginning = false;
  }

  /** @param {Event} event */
  begin(event) {
    const college = sender(event)?.value;
    if (!college) {
      return;
    }
    event.preventDefault();
    if (this.isBeginning) {
      return;
    }
    this.isBeginning = true;
    const start = { token: this.token, nonce: newNonce(), college };
    this.beginThere(start)
      .catch((problem) => this.beginHere(start, problem))
      .then(
        (key) => location.assign(address(key, "1")),
        () => location.reload(),
      );
  }

  /**
   * Begin on the server; fails when it does not answer in time.
   * @param {import("./merge.js").Start} start
   * @returns {Promise<string>}
   */
  beginThere(start) {
    /** @type {Promise<never>} */
    const late = new Promise((_resolve, reject) => {
      setTimeout(reject, PATIENCE, new SendingError(0));
    });
    const body = JSON.stringify({ nonce: start.nonce, college: start.college });
    return Promise.race([post(address(this.token, "depart"), body), late]).then((reply) => String(reply.key));
  }

  /**
   * Begin from what is kept here; fails when the server has refused, or when nothing is kept.
   * @param {import("./merge.js").Start} start
   * @param {unknown} problem
   * @returns {Promise<string>}
   */
  beginHere(start, problem) {
    if (problem instanceof SendingError && problem.status && problem.status < 500 && problem.status !== 429) {
      return Promise.reject(problem);
    }
    return caches
      .match(address(this.token, "pret"))
      .then((kept) => kept?.json())
      .then((/** @type {KeptKit} */ kept) =>
        keyFrom(start.nonce, kept.kit.campaign).then((key) => keepBegun(key, kept, start)),
      );
  }
}

/**
 * Keep a response that the server does not know yet.
 * @param {string} key
 * @param {KeptKit} kept
 * @param {import("./merge.js").Start} start
 * @returns {Promise<string>}
 */
function keepBegun(key, kept, start) {
  const { kit, policy, offset } = kept;
  const blank = kit.colleges[start.college] || { pages: {}, questions: {} };
  const facts = { offset, pages: blank.questions, campaign: kit.campaign, lent: start.token, start };
  return keepPages(`reponse-${key}`, pagesFor(key, kit, blank), kit.files, policy)
    .then(() => remember(key, facts))
    .then(() => key);
}

/**
 * The pages of a college, with the key of this response in its place.
 * @param {string} key
 * @param {LentKit} kit
 * @param {Blank} blank
 * @returns {Record<string, string>}
 */
function pagesFor(key, kit, blank) {
  /** @type {Record<string, string>} */
  const pages = {};
  for (const name of Object.keys(blank.pages)) {
    pages[address(key, name)] = (blank.pages[name] || "").split(kit.placeholder).join(key);
  }
  return pages;
}
