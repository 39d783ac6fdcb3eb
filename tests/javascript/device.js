/** A device as tests have one: a store in memory, and a server that replies what a test says. */

import "fake-indexeddb/auto";
import { createServer } from "node:http";

/** @typedef {import("../../web/javascript/offline/merge.js").Reply} Reply */

/**
 * @typedef {object} Received
 * @property {string} address
 * @property {{ answers: Record<string, { fields: Record<string, string>, at: number }>, submit: boolean }} body
 */

/**
 * A reply of the server, with what a test does not say left empty.
 * @param {Partial<Reply>} [facts]
 * @returns {Reply}
 */
export function reply(facts) {
  const empty = { answers: {}, problems: [], status: "", steps: {}, submitted: false, end: "fin" };
  return Object.assign({ now: Date.now(), latest: 0 }, empty, facts);
}

/** A real server on this machine, to which requests of pages go. */
export class Server {
  constructor() {
    /** @type {Received[]} */
    this.received = [];
    /** What it replies, an object or a status. @type {(received: Received) => Reply | number | Promise<Reply | number>} */
    this.answer = () => reply();
    this.http = createServer((request, response) => {
      let text = "";
      request.on("data", (part) => {
        text += part;
      });
      request.on("end", async () => {
        const received = { address: request.url || "", body: JSON.parse(text) };
        this.received.push(received);
        const answer = await this.answer(received);
        response.writeHead(typeof answer === "number" ? answer : 200, { "Content-Type": "application/json" });
        response.end(typeof answer === "number" ? "" : JSON.stringify(answer));
      });
    });
  }

  /** Listen; addresses of pages then lead here, as they do in a browser. */
  async start() {
    await new Promise((resolve) => {
      this.http.listen(0, "127.0.0.1", () => resolve(null));
    });
    const { port } = /** @type {import("node:net").AddressInfo} */ (this.http.address());
    const own = globalThis.fetch;
    globalThis.fetch = (address, options) => own(new URL(String(address), `http://127.0.0.1:${port}`), options);
  }

  async stop() {
    this.http.closeAllConnections();
    await new Promise((resolve) => {
      this.http.close(resolve);
    });
  }
}
