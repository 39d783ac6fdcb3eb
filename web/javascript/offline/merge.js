/**
 * What a device holds of a response, and how it meets what the server holds. Nothing here reads or writes: store.js
 * does. Decision 0067 says how changes are dated.
 */

/** @typedef {Record<string, string>} Fields The inputs of one question, by name, as its form names them. */

/**
 * @typedef {object} KeptAnswer An answer as this device holds it.
 * @property {string} key the response
 * @property {string} code the skill
 * @property {Fields} fields
 * @property {number} at when it was changed here, in milliseconds of the server's clock; 0 when it came from the server
 * @property {boolean} saved whether the server has it
 * @property {boolean} [refused] whether the server said that it must be corrected
 */

/**
 * @typedef {object} KeptResponse What this device knows of a response besides its answers.
 * @property {string} key
 * @property {number} offset how much the server's clock is ahead of this one's, in milliseconds
 * @property {number} latest the latest date of any change that this device has seen
 * @property {Record<string, string[]>} [pages] the codes of each page, by its number
 * @property {string} [wording] the query of the address, which says how questions are worded
 * @property {boolean} [submit] whether its person has sent it, and the server does not know yet
 * @property {string} [campaign] the campaign that it answers
 * @property {string} [lent] the token of the link that a lent device goes back to; empty on any other
 * @property {string} [place] the address of the page where its person was
 * @property {boolean} [handed] whether its person has given the device back, and the server does not know yet
 * @property {Start | null} [start] how it begins, when the server does not know it yet
 */

/** @typedef {{ token: string, nonce: string, college: string }} Start What begins a response from a lent device. */

/** @typedef {{ response: KeptResponse | null, answers: KeptAnswer[] }} Kept */

/** @typedef {{ field?: string, sentence: string, said?: string, there?: string }} SentProblem */

/**
 * @typedef {object} Reply What the server says of what it was sent.
 * @property {Record<string, Fields>} answers the answers sent, as they now stand
 * @property {SentProblem[]} problems
 * @property {string} status
 * @property {Record<string, number>} steps how many answers each page has, by its number
 * @property {boolean} submitted
 * @property {string} end the address of the page that ends the response
 * @property {number} now the time there, in milliseconds
 * @property {number} latest
 */

/**
 * The answers that the server does not have.
 * @param {Kept} kept
 * @returns {KeptAnswer[]}
 */
export function unsaved(kept) {
  return kept.answers.filter((answer) => !answer.saved);
}

/**
 * The answers that the server does not have and has not refused.
 * @param {Kept} kept
 * @returns {KeptAnswer[]}
 */
export function pending(kept) {
  return unsaved(kept).filter((answer) => !answer.refused);
}

/**
 * What to send now, null when there is nothing to say. When ``ask``, even nothing, and what was refused before, to
 * hear how things stand; so when the response is to be submitted.
 * @param {Kept} kept
 * @param {boolean} [ask]
 * @returns {KeptAnswer[] | null}
 */
export function toSend(kept, ask) {
  if (!kept.response) {
    return null;
  }
  if (ask || kept.response.submit || kept.response.handed) {
    return unsaved(kept);
  }
  const waiting = pending(kept);
  return waiting.length ? waiting : null;
}

/**
 * The body of a request that sends these answers.
 * @param {KeptAnswer[]} sent
 * @param {{ submit?: boolean, handed?: boolean }} [response]
 * @returns {string}
 */
export function written(sent, response) {
  /** @type {Record<string, { fields: Fields, at: number }>} */
  const answers = {};
  for (const one of sent) {
    answers[one.code] = { fields: one.fields, at: Math.round(one.at) };
  }
  return JSON.stringify({ answers, submit: Boolean(response?.submit), handed: Boolean(response?.handed) });
}

/**
 * The response once something changes here: dated by the server's clock as this device last knew it, and after
 * everything that it has seen, whatever this clock says.
 * @param {KeptResponse} response
 * @param {number} now this device's time
 * @returns {KeptResponse}
 */
export function dated(response, now) {
  return Object.assign({}, response, { latest: Math.max(now + response.offset, response.latest + 1) });
}

/**
 * The answer to hold once the server has said what it holds; null to keep ours, which it does not have yet.
 * @param {KeptAnswer | undefined} own
 * @param {{ key: string, code: string }} place
 * @param {Fields} fields
 * @returns {KeptAnswer | null}
 */
export function mirrored(own, place, fields) {
  return !own || own.saved ? { key: place.key, code: place.code, fields, at: 0, saved: true } : null;
}

/**
 * The response once the server has replied.
 * @param {KeptResponse} response
 * @param {Reply} reply
 * @param {number} now this device's time
 * @returns {KeptResponse}
 */
export function heard(response, reply, now) {
  const latest = Math.max(response.latest, reply.latest);
  return Object.assign({}, response, { offset: reply.now - now, latest, submit: false });
}

/**
 * An answer once the server has replied about it; null when it changed again meanwhile, and so still waits. What the
 * server refused waits for its author to correct it.
 * @param {KeptAnswer | undefined} own
 * @param {KeptAnswer} sent
 * @param {Reply} reply
 * @returns {KeptAnswer | null}
 */
export function acknowledged(own, sent, reply) {
  if (!own || own.at !== sent.at) {
    return null;
  }
  const isRefused = reply.problems.some((problem) => problem.field !== undefined && problem.field in own.fields);
  if (isRefused) {
    return Object.assign({}, own, { refused: true });
  }
  return Object.assign({}, own, { fields: reply.answers[own.code] || own.fields, saved: true });
}
