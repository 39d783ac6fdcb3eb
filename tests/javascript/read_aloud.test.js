/** Which voice reads a question aloud. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { ownVoice } from "../../web/javascript/respond/read_aloud.js";

/**
 * @param {string} lang
 * @param {boolean} localService
 */
const voice = (lang, localService) => /** @type {SpeechSynthesisVoice} */ ({ lang, localService });

test("a voice of the device that speaks the language of the page", () => {
  const own = voice("fr-CA", true);
  assert.equal(ownVoice([voice("en-GB", true), voice("fr-FR", false), own], "fr"), own);
});

for (const [name, voices] of /** @type {[string, SpeechSynthesisVoice[]][]} */ ([
  ["no voice", []],
  ["voices that send what they read elsewhere", [voice("fr-FR", false)]],
  ["voices of other languages", [voice("en-GB", true), voice("frp", true)]],
])) {
  test(`${name}: nothing is read aloud`, () => {
    assert.equal(ownVoice(voices, "fr"), undefined);
  });
}
