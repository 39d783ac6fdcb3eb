/** How what a device holds meets what the server holds: each rule alone. */

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  acknowledged,
  dated,
  heard,
  mirrored,
  pending,
  toSend,
  unsaved,
  written,
} from "../../web/javascript/offline/merge.js";
import { reply } from "./device.js";

/** @typedef {import("../../web/javascript/offline/merge.js").KeptAnswer} KeptAnswer */

/**
 * @param {Partial<KeptAnswer>} [facts]
 * @returns {KeptAnswer}
 */
function answer(facts) {
  return Object.assign({ key: "k", code: "COO-1", fields: { "q_COO-1": "3" }, at: 10, saved: false }, facts);
}

const RESPONSE = { key: "k", offset: 0, latest: 0 };

test("an answer waits until the server has it, and is not sent again by itself once refused", () => {
  const [waiting, saved, refused] = [answer(), answer({ saved: true }), answer({ refused: true })];
  const kept = { response: RESPONSE, answers: [waiting, saved, refused] };
  assert.deepEqual(unsaved(kept), [waiting, refused]);
  assert.deepEqual(pending(kept), [waiting]);
  assert.deepEqual(toSend(kept), [waiting]);
  assert.deepEqual(toSend(kept, true), [waiting, refused]);
});

test("nothing is sent of a response that this device does not know, or of which nothing waits", () => {
  assert.equal(toSend({ response: null, answers: [answer()] }, true), null);
  assert.equal(toSend({ response: RESPONSE, answers: [answer({ saved: true })] }), null);
  assert.deepEqual(toSend({ response: RESPONSE, answers: [] }, true), []);
  assert.deepEqual(toSend({ response: Object.assign({ submit: true }, RESPONSE), answers: [] }), []);
});

test("dates are sent as whole milliseconds", () => {
  const body = JSON.parse(written([answer({ at: 12.6 })]));
  assert.deepEqual(body, {
    answers: { "COO-1": { fields: { "q_COO-1": "3" }, at: 13 } },
    handed: false,
    submit: false,
  });
  assert.equal(JSON.parse(written([], { submit: true })).submit, true);
  assert.equal(JSON.parse(written([], { handed: true })).handed, true);
});

for (const [now, offset, latest, expected] of [
  [1000, 0, 0, 1000],
  [1000, -300, 0, 700],
  [1000, 0, 5000, 5001],
  [1000, 0, 1000, 1001],
]) {
  test(`a change at ${now}, ${offset} from the server, after ${latest}, is dated ${expected}`, () => {
    assert.equal(dated({ key: "k", offset: offset ?? 0, latest: latest ?? 0 }, now ?? 0).latest, expected);
  });
}

test("what the server holds replaces what it had, and never what waits", () => {
  const place = { key: "k", code: "COO-1" };
  const fresh = { key: "k", code: "COO-1", fields: { "q_COO-1": "4" }, at: 0, saved: true };
  assert.deepEqual(mirrored(undefined, place, fresh.fields), fresh);
  assert.deepEqual(mirrored(answer({ saved: true }), place, fresh.fields), fresh);
  assert.equal(mirrored(answer(), place, fresh.fields), null);
});

test("a reply sets the clock, never back in what was seen, and ends the submission asked for", () => {
  const response = { key: "k", offset: 0, latest: 900, submit: true, wording: "?lecture=facile" };
  const now = heard(response, reply({ now: 1500, latest: 800 }), 1000);
  assert.deepEqual(now, { key: "k", offset: 500, latest: 900, submit: false, wording: "?lecture=facile" });
});

test("an answer that the server has is saved, as it now stands there", () => {
  const stands = { "q_COO-1": "3", "q_COO-1:comment": "Sans les espaces" };
  const saved = acknowledged(answer(), answer(), reply({ answers: { "COO-1": stands } }));
  assert.deepEqual(saved, answer({ fields: stands, saved: true }));
  assert.deepEqual(acknowledged(answer(), answer(), reply()), answer({ saved: true }));
});

test("an answer that changed while it was sent still waits", () => {
  assert.equal(acknowledged(answer({ at: 11 }), answer({ at: 10 }), reply()), null);
  assert.equal(acknowledged(undefined, answer(), reply()), null);
});

test("only the answer that a refusal names is refused", () => {
  const problems = [{ field: "q_COO-2", sentence: "Non." }, { sentence: "Une question est inconnue." }];
  assert.equal(acknowledged(answer(), answer(), reply({ problems }))?.saved, true);
  const own = [{ field: "q_COO-1", sentence: "Non." }];
  assert.deepEqual(acknowledged(answer(), answer(), reply({ problems: own })), answer({ refused: true }));
});
