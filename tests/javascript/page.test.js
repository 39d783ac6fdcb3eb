/** What pages count and wait for. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { isOurs, isRefusal, Patience } from "../../web/javascript/page/answers.js";
import { lengthOf, nearness } from "../../web/javascript/page/limits.js";
import { folded } from "../../web/javascript/page/search.js";
import { between } from "../../web/javascript/session/growth.js";

const OURS = { "Content-Security-Policy": "default-src 'self'" };

for (const [text, length] of /** @type {[string, number][]} */ ([
  ["", 0],
  ["  é  ", 1],
  ["un\r\ndeux", 7],
  ["👏👏", 2],
])) {
  test(`${JSON.stringify(text)} has ${length} characters, as the server counts`, () => {
    assert.equal(lengthOf(text), length);
  });
}

test("the room left is said near the limit, a tenth of it", () => {
  assert.deepEqual([60, 1000, 20000].map(nearness), [15, 100, 200]);
});

test("each try waits longer, until one succeeds", () => {
  const patience = new Patience(1000, 5000);
  assert.equal(patience.failing, false);
  assert.deepEqual([patience.next(), patience.next(), patience.next(), patience.next()], [1000, 2000, 4000, 5000]);
  assert.equal(patience.failing, true);
  patience.reset();
  assert.equal(patience.failing, false);
  assert.equal(patience.next(), 1000);
});

test("a refusal is an answer of ours that no new try would change", () => {
  const refusals = [400, 404, 409, 410, 413].map((status) => new Response("", { status, headers: OURS }));
  assert.ok(refusals.every(isRefusal));
  const outages = [408, 425, 429, 500, 503].map((status) => new Response("", { status, headers: OURS }));
  assert.ok(!outages.some(isRefusal));
  assert.ok(!isRefusal(new Response("", { status: 404 })), "a proxy's");
  assert.ok(!isRefusal(new TypeError("no network")));
  assert.ok(isOurs(new Response("", { headers: OURS })));
});

test("words are searched without accents, capitals and ligatures", () => {
  assert.equal(folded("L’Œuvre d’ÉTÉ"), "l'oeuvre d'ete");
});

test("a radar grows from one drawing to the other", () => {
  const [start, end] = [[[0, 0]], [[10, 20]]];
  assert.equal(between(start, end, 0), "0.0,0.0");
  assert.equal(between(start, end, 1), "10.0,20.0");
  assert.equal(between(start, end, 0.5), "8.8,17.5");
});
