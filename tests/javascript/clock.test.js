/** The time of a session: what is spent and left of a part and of the evening. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { entered, inWords, readTimed, remainingOf, started } from "../../web/javascript/session/clock.js";

const MINUTE = 60000;
const PLANNED = [10, 5, 35];

test("a part and what follows it are counted from the plan", () => {
  const timed = entered(started(0), 0, 0);
  assert.deepEqual(remainingOf(timed, PLANNED, 0), { part: 0, left: 10, evening: 50 });
  assert.deepEqual(remainingOf(timed, PLANNED, 4 * MINUTE), { part: 4, left: 6, evening: 46 });
});

test("a part that lasts too long says by how much, and the evening keeps what is planned after it", () => {
  const timed = entered(started(0), 0, 0);
  assert.deepEqual(remainingOf(timed, PLANNED, 13 * MINUTE), { part: 13, left: -3, evening: 40 });
});

test("coming back to a part goes on from what was spent there; the same part again changes nothing", () => {
  const first = entered(started(0), 0, 0);
  const second = entered(first, 1, 4 * MINUTE);
  assert.equal(entered(second, 1, 9 * MINUTE), second);
  const back = entered(second, 0, 6 * MINUTE);
  assert.deepEqual(remainingOf(back, PLANNED, 7 * MINUTE), { part: 5, left: 5, evening: 45 });
});

test("durations are said as people say them", () => {
  assert.deepEqual([0, 59, 60, 65, 120].map(inWords), [
    "0\u00a0min",
    "59\u00a0min",
    "1\u00a0h\u00a000",
    "1\u00a0h\u00a005",
    "2\u00a0h\u00a000",
  ]);
});

test("what another page kept there is no time", () => {
  for (const text of ["", "null", "[]", "{", '{"begun":"x"}', "12"]) {
    assert.equal(readTimed(text), null);
  }
  const timed = entered(started(5), 2, 9);
  assert.deepEqual(readTimed(JSON.stringify(timed)), timed);
});
