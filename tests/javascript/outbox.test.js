/** The outbox on a device: what is recorded waits until the server has it, whatever happens meanwhile. */

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import * as outbox from "../../web/javascript/offline/outbox.js";
import { settle } from "../../web/javascript/offline/settle.js";
import { reply, Server } from "./device.js";

const KEY = "ma-reponse";
const THREE = { "q_COO-1": "3", "q_COO-1:comment": "La halle" };
const FOUR = { "q_COO-1": "4", "q_COO-1:comment": "La halle" };

const server = new Server();

before(() => server.start());
after(() => server.stop());
beforeEach(async () => {
  server.received = [];
  server.answer = () => reply();
  for (const key of await outbox.keys()) {
    await outbox.forget(key);
  }
  await outbox.remember(KEY, { wording: "?lecture=facile" });
});

/** The only answer that this device holds. */
async function held() {
  const { answers } = await outbox.read(KEY);
  assert.equal(answers.length, 1);
  const [answer] = answers;
  assert.ok(answer);
  return answer;
}

test("a change waits, then is sent with its date and its wording", async () => {
  await outbox.record(KEY, "COO-1", THREE);
  assert.equal((await held()).saved, false);
  server.answer = () => reply({ answers: { "COO-1": THREE } });
  await outbox.send(KEY);
  assert.equal(server.received.length, 1);
  const [received] = server.received;
  assert.equal(received?.address, "/repondre/ma-reponse/envoi?lecture=facile");
  assert.deepEqual(received?.body.answers["COO-1"]?.fields, THREE);
  assert.equal((await held()).saved, true);
});

test("what is saved is not sent again", async () => {
  await outbox.record(KEY, "COO-1", THREE);
  await outbox.send(KEY);
  assert.equal(await outbox.send(KEY), null);
  assert.equal(server.received.length, 1);
});

test("nothing waiting asks nothing, unless the page wants to know", async () => {
  assert.equal(await outbox.send(KEY), null);
  assert.equal(server.received.length, 0);
  assert.ok(await outbox.send(KEY, true));
  assert.deepEqual(server.received[0]?.body, { answers: {}, handed: false, submit: false });
});

test("what changes while it is being sent still waits", async () => {
  await outbox.record(KEY, "COO-1", THREE);
  server.answer = async () => {
    await outbox.record(KEY, "COO-1", FOUR);
    return reply({ answers: { "COO-1": THREE } });
  };
  await outbox.send(KEY);
  const answer = await held();
  assert.deepEqual(answer.fields, FOUR);
  assert.equal(answer.saved, false);
});

for (const status of [0, 409, 500]) {
  test(`nothing is lost when the server says ${status || "nothing"}`, async () => {
    await outbox.record(KEY, "COO-1", THREE);
    server.answer = () => status;
    if (!status) {
      server.answer = () => {
        server.http.closeAllConnections();
        return 500;
      };
    }
    await assert.rejects(outbox.send(KEY), { status });
    assert.equal((await held()).saved, false);
  });
}

test("what is refused waits for its author, and goes with the submission", async () => {
  await outbox.record(KEY, "COO-1", THREE);
  server.answer = () => reply({ problems: [{ field: "q_COO-1:comment", sentence: "Trop long." }] });
  await outbox.send(KEY);
  assert.equal((await held()).refused, true);
  assert.equal(await outbox.send(KEY), null);
  await outbox.remember(KEY, { submit: true });
  await outbox.send(KEY);
  assert.equal(server.received.length, 2);
  assert.deepEqual(Object.keys(server.received[1]?.body.answers || {}), ["COO-1"]);
  assert.equal(server.received[1]?.body.submit, true);
});

test("what is corrected is no longer refused", async () => {
  await outbox.record(KEY, "COO-1", THREE);
  server.answer = () => reply({ problems: [{ field: "q_COO-1:comment", sentence: "Trop long." }] });
  await outbox.send(KEY);
  server.answer = () => reply();
  await outbox.record(KEY, "COO-1", FOUR);
  await outbox.send(KEY);
  assert.equal((await held()).saved, true);
});

test("a response that was submitted leaves nothing", async () => {
  await outbox.record(KEY, "COO-1", THREE);
  await outbox.remember(KEY, { submit: true });
  server.answer = () => reply({ submitted: true });
  await outbox.send(KEY);
  assert.deepEqual(await outbox.read(KEY), { response: null, answers: [] });
});

test("the server's answers do not touch what waits here", async () => {
  await outbox.record(KEY, "COO-1", THREE);
  await outbox.mirror(KEY, { "COO-1": FOUR, "COO-2": { "q_COO-2": "1" } }, 0);
  const { answers } = await outbox.read(KEY);
  assert.deepEqual(
    answers.map((answer) => [answer.code, answer.fields, answer.saved]),
    [
      ["COO-1", THREE, false],
      ["COO-2", { "q_COO-2": "1" }, true],
    ],
  );
});

test("changes follow everything that this device has seen, whatever its clock says", async () => {
  const ahead = Date.now() + 86_400_000;
  await outbox.mirror(KEY, {}, ahead);
  await outbox.record(KEY, "COO-1", THREE);
  assert.equal((await held()).at, ahead + 1);
});

test("a change is refused once another tab has wiped the response", async () => {
  await outbox.forget(KEY);
  await assert.rejects(outbox.record(KEY, "COO-1", THREE));
  assert.deepEqual((await outbox.read(KEY)).answers, []);
});

test("a reply that comes after another tab has wiped the response changes nothing", async () => {
  await outbox.record(KEY, "COO-1", THREE);
  server.answer = async () => {
    await outbox.forget(KEY);
    return reply({ answers: { "COO-1": THREE } });
  };
  assert.ok(await outbox.send(KEY));
  assert.deepEqual(await outbox.read(KEY), { response: null, answers: [] });
});

test("of others' responses only what must still be sent stays", async () => {
  for (const key of ["envoyee", "en-attente", "a-soumettre"]) {
    await outbox.remember(key, {});
    await outbox.mirror(key, { "COO-1": THREE }, 0);
  }
  await outbox.record("en-attente", "COO-1", FOUR);
  await outbox.remember("a-soumettre", { submit: true });
  await outbox.forgetOthers(KEY);
  assert.deepEqual((await outbox.keys()).sort(), ["a-soumettre", "en-attente", KEY]);
});

test("at the end of a response, what waited is sent and nothing stays", async () => {
  await outbox.record(KEY, "COO-1", THREE);
  assert.equal(await settle(KEY, false, assert.fail), true);
  assert.equal(server.received.length, 1);
  assert.deepEqual(await outbox.read(KEY), { response: null, answers: [] });
});

test("at the end of a response, a text that was refused stays for its author", async () => {
  await outbox.record(KEY, "COO-1", THREE);
  server.answer = () => reply({ problems: [{ field: "q_COO-1:comment", sentence: "Trop long." }] });
  await outbox.send(KEY);
  assert.equal(await settle(KEY, false, assert.fail), false);
  assert.deepEqual((await held()).fields, THREE);
});

test("at the end of a response, what the server takes no more is given back, and nothing is lost in an outage", async () => {
  await outbox.record(KEY, "COO-1", THREE);
  /** @type {string[]} */
  const given = [];
  for (const status of [410, 503]) {
    server.answer = () => status;
    await settle(KEY, false, (_key, kept) => given.push(...kept.answers.map((answer) => answer.code)));
  }
  assert.deepEqual(given, ["COO-1"]);
  assert.deepEqual((await held()).fields, THREE);
  assert.equal(await settle(KEY, true, assert.fail), true);
});
