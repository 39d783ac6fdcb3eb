/**
 * What a person has answered on this device and what the server has not acknowledged yet, one response at a time.
 * Shared by the pages and by the service worker. Decision 0067 says how changes are dated.
 */

import { acknowledged, dated, heard, mirrored, toSend, unsaved, written } from "./merge.js";
import { answersOf, transaction, withAnswer, withResponse } from "./store.js";

/** @typedef {import("./merge.js").Fields} Fields */
/** @typedef {import("./merge.js").Kept} Kept */
/** @typedef {import("./merge.js").KeptAnswer} KeptAnswer */
/** @typedef {import("./merge.js").KeptResponse} KeptResponse */
/** @typedef {import("./merge.js").Reply} Reply */

/** A request that did not succeed: the status of the answer, 0 when there was none. */
export class SendingError extends Error {
  /** @param {number} status */
  constructor(status) {
    super(`status ${status}`);
    this.status = status;
  }
}

/**
 * The response as this device knows it, with its answers.
 * @param {string} key
 * @returns {Promise<Kept>}
 */
export function read(key) {
  return transaction("readonly", (responses, answers) => {
    /** @type {Kept} */
    const kept = { response: null, answers: [] };
    withResponse(responses, key, (response) => {
      kept.response = response || null;
    });
    const request = answers.getAll(answersOf(key));
    request.onsuccess = () => {
      kept.answers = request.result;
    };
    return kept;
  });
}

/**
 * The keys of the responses that this device knows.
 * @returns {Promise<string[]>}
 */
export function keys() {
  return transaction("readonly", (responses) => {
    /** @type {string[]} */
    const found = [];
    const request = responses.getAllKeys();
    request.onsuccess = () => {
      for (const key of request.result) {
        found.push(String(key));
      }
    };
    return found;
  });
}

/**
 * Note facts about a response, which becomes known here.
 * @param {string} key
 * @param {Partial<KeptResponse>} facts
 * @returns {Promise<void>}
 */
export function remember(key, facts) {
  return transaction("readwrite", (responses) => {
    withResponse(responses, key, (response) => {
      responses.put(Object.assign({ offset: 0, latest: 0 }, response, { key }, facts));
    });
  });
}

/**
 * Note what the server holds; what was changed here since is not touched.
 * @param {string} key
 * @param {Record<string, Fields>} fields by the code of each question
 * @param {number} latest the latest date that the server knows
 * @returns {Promise<void>}
 */
export function mirror(key, fields, latest) {
  return transaction("readwrite", (responses, answers) => {
    withResponse(responses, key, (response) => {
      if (!response) {
        return;
      }
      responses.put(Object.assign(response, { latest: Math.max(response.latest, latest) }));
      for (const code of Object.keys(fields)) {
        withAnswer(answers, key, code, (own) => put(answers, mirrored(own, { key, code }, fields[code] || {})));
      }
    });
  });
}

/**
 * Note a change. Fails when this device does not know the response: another tab has sent it, and wiped it.
 * @param {string} key
 * @param {string} code
 * @param {Fields} fields
 * @returns {Promise<void>}
 */
export function record(key, code, fields) {
  return transaction(
    "readwrite",
    (responses, answers) => {
      withResponse(responses, key, (response) => {
        if (!response) {
          responses.transaction.abort();
          return;
        }
        const changed = dated(response, Date.now());
        responses.put(changed);
        put(answers, { key, code, fields, at: changed.latest, saved: false });
      });
    },
    "strict",
  );
}

/**
 * @param {IDBObjectStore} answers
 * @param {KeptAnswer | null} answer
 */
function put(answers, answer) {
  if (answer) {
    answers.put(answer);
  }
}

/**
 * The address of a page of a response.
 * @param {string} key
 * @param {string} place
 * @param {string} [wording]
 * @returns {string}
 */
export function address(key, place, wording) {
  return `/repondre/${key}/${place}${wording || ""}`;
}

/**
 * Send what waits; when ``ask``, even nothing. Gives the server's reply, null when there was nothing to send; fails
 * with a SendingError when it was not received.
 * @param {string} key
 * @param {boolean} [ask]
 * @returns {Promise<Reply | null>}
 */
export function send(key, ask) {
  return read(key).then((kept) => {
    const sent = toSend(kept, ask);
    if (!sent || !kept.response) {
      return null;
    }
    const { response } = kept;
    const there = address(key, "envoi", response.wording);
    return begun(key, response)
      .then(() => post(there, written(sent, response)))
      .then((reply) => acknowledge(key, sent, reply, response).then(() => reply));
  });
}

/**
 * Once the server knows a response that began on this device.
 * @param {string} key
 * @param {KeptResponse} response
 * @returns {Promise<unknown>}
 */
function begun(key, response) {
  const { start } = response;
  if (!start) {
    return Promise.resolve();
  }
  const body = JSON.stringify({ nonce: start.nonce, college: start.college });
  return post(address(start.token, "depart"), body).then(() => remember(key, { start: null }));
}

/**
 * Give what the server replies to JSON; fails with a SendingError otherwise.
 * @param {string} url
 * @param {string} body
 * @returns {Promise<any>}
 */
export function post(url, body) {
  const headers = { Accept: "application/json", "Content-Type": "application/json" };
  return fetch(url, { method: "POST", headers, body, credentials: "same-origin", cache: "no-store" }).then(
    (answer) => {
      if (answer.ok) {
        return answer.json();
      }
      throw new SendingError(answer.status);
    },
    () => {
      throw new SendingError(0);
    },
  );
}

/**
 * @param {string} key
 * @param {KeptAnswer[]} sent
 * @param {Reply} reply
 * @param {KeptResponse} response
 * @returns {Promise<unknown>}
 */
function acknowledge(key, sent, reply, response) {
  if (reply.submitted && response.campaign && !response.lent) {
    noteSent(response.campaign);
  }
  if (reply.submitted || response.handed) {
    return forget(key);
  }
  return transaction("readwrite", (responses, answers) => {
    withResponse(responses, key, (response) => {
      if (response) {
        responses.put(heard(response, reply, Date.now()));
      }
    });
    for (const one of sent) {
      withAnswer(answers, key, one.code, (own) => put(answers, acknowledged(own, one, reply)));
    }
  });
}

/**
 * Leave nothing of that response here: neither its answers nor its pages.
 * @param {string} key
 * @returns {Promise<unknown>}
 */
export function forget(key) {
  return transaction("readwrite", (responses, answers) => {
    responses.delete(key);
    answers.delete(answersOf(key));
  }).then(() => typeof caches !== "undefined" && caches.delete(`reponse-${key}`));
}

const SENT = "reponses-envoyees";

/**
 * Note that a response to this campaign has left from here: neither which one, nor when.
 * @param {string} campaign
 * @returns {Promise<unknown>}
 */
export function noteSent(campaign) {
  return caches.open(SENT).then((cache) => cache.put(`/repondre/envoyee/${campaign}`, new Response("")));
}

/**
 * Whether a response to this campaign has left from here.
 * @param {string} campaign
 * @returns {Promise<boolean>}
 */
export function hasSent(campaign) {
  return caches.match(`/repondre/envoyee/${campaign}`).then(Boolean);
}

/**
 * A phone passes from hand to hand: of the others' responses only what must still be sent stays.
 * @param {string} key
 * @returns {Promise<unknown>}
 */
export function forgetOthers(key) {
  return keys().then((known) => Promise.all(known.filter((other) => other !== key).map(forgetSaved)));
}

/**
 * @param {string} key
 * @returns {Promise<unknown>}
 */
function forgetSaved(key) {
  return read(key).then((kept) => {
    if (kept.response?.handed) {
      return handOver(key);
    }
    const waits = kept.response?.submit || kept.response?.start || unsaved(kept).length > 0;
    return waits ? null : forget(key);
  });
}

/**
 * Send the last of every response whose person has given the device back.
 * @returns {Promise<unknown>}
 */
export function handAllOver() {
  return keys().then((known) =>
    Promise.all(
      known.map((key) => read(key).then((kept) => (kept.response?.handed ? handOver(key) : Promise.resolve(null)))),
    ),
  );
}

/**
 * Send the last of a response whose person has given the device back; then nothing of it stays. What the server can take
 * no more goes too: nobody is there to read it. Kept for another time when the network fails.
 * @param {string} key
 * @returns {Promise<unknown>}
 */
export function handOver(key) {
  return send(key).catch((problem) => {
    if (problem instanceof SendingError && [404, 409, 410].indexOf(problem.status) >= 0) {
      return forget(key);
    }
    return null;
  });
}
