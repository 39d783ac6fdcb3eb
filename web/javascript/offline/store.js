/** The IndexedDB store of responses and their answers, shared by the pages and by the service worker. */

/** @typedef {import("./merge.js").KeptAnswer} KeptAnswer */
/** @typedef {import("./merge.js").KeptResponse} KeptResponse */

/** @type {Promise<IDBDatabase> | null} */
let opening = null;

/** @returns {Promise<IDBDatabase>} */
function database() {
  opening = opening || open();
  return opening;
}

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("grille", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("responses", { keyPath: "key" });
      request.result.createObjectStore("answers", { keyPath: ["key", "code"] });
    };
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onblocked = () => {
      opening = null;
      reject(new Error("the store is blocked"));
    };
    request.onerror = () => {
      opening = null;
      reject(request.error);
    };
  });
}

/**
 * One transaction; what ``work`` returns holds what its requests gave. A ``strict`` one is on the disk when the promise
 * is kept, for what somebody has just written; losing another only means that something is sent twice.
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(responses: IDBObjectStore, answers: IDBObjectStore) => T} work
 * @param {IDBTransactionDurability} [durability]
 * @returns {Promise<T>}
 */
export function transaction(mode, work, durability = "relaxed") {
  return database().then(
    (db) =>
      new Promise((resolve, reject) => {
        const tx = db.transaction(["responses", "answers"], mode, { durability });
        const result = work(tx.objectStore("responses"), tx.objectStore("answers"));
        tx.oncomplete = () => {
          resolve(result);
        };
        tx.onerror = () => {
          reject(tx.error);
        };
        tx.onabort = tx.onerror;
      }),
  );
}

/**
 * Use the response of that key, undefined when this device does not know it.
 * @param {IDBObjectStore} responses
 * @param {string} key
 * @param {(response: KeptResponse | undefined) => void} use
 */
export function withResponse(responses, key, use) {
  const request = responses.get(key);
  request.onsuccess = () => {
    use(request.result);
  };
}

/**
 * Use the answer of a response to a question, undefined when this device has none.
 * @param {IDBObjectStore} answers
 * @param {string} key
 * @param {string} code
 * @param {(answer: KeptAnswer | undefined) => void} use
 */
export function withAnswer(answers, key, code, use) {
  const request = answers.get([key, code]);
  request.onsuccess = () => {
    use(request.result);
  };
}

/**
 * The answers of one response.
 * @param {string} key
 * @returns {IDBKeyRange}
 */
export function answersOf(key) {
  return IDBKeyRange.bound([key], [key, []]);
}
