/* What a person has answered on this device and what the server has not acknowledged yet, one response at a time.
   Shared by the pages and by the service worker. Decision 0067 says how changes are dated. */
(function (scope) {
  "use strict";

  let opening = null;

  function database() {
    opening = opening || new Promise(function (resolve, reject) {
      const request = indexedDB.open("grille", 1);
      request.onupgradeneeded = function () {
        request.result.createObjectStore("responses", { keyPath: "key" });
        request.result.createObjectStore("answers", { keyPath: ["key", "code"] });
      };
      request.onsuccess = function () { resolve(request.result); };
      request.onerror = request.onblocked = function () { opening = null; reject(request.error); };
    });
    return opening;
  }

  /* One transaction; what ``work`` returns holds what its requests gave. A ``strict`` one is on the disk when the promise is
     kept, for what somebody has just written; losing another only means that something is sent twice. */
  function transaction(mode, work, durability) {
    return database().then(function (db) {
      return new Promise(function (resolve, reject) {
        const tx = db.transaction(["responses", "answers"], mode, { durability: durability || "relaxed" });
        const result = work(tx.objectStore("responses"), tx.objectStore("answers"));
        tx.oncomplete = function () { resolve(result); };
        tx.onabort = tx.onerror = function () { reject(tx.error); };
      });
    });
  }

  function get(store, key, use) {
    store.get(key).onsuccess = function (event) { use(event.target.result); };
  }

  function of(key) { return IDBKeyRange.bound([key], [key, []]); }

  /* The response as this device knows it, with its answers. */
  function read(key) {
    return transaction("readonly", function (responses, answers) {
      const found = { response: null, answers: [] };
      get(responses, key, function (row) { found.response = row || null; });
      answers.getAll(of(key)).onsuccess = function (event) { found.answers = event.target.result; };
      return found;
    });
  }

  function pending(found) {
    return found.answers.filter(function (answer) { return !answer.saved && !answer.refused; });
  }

  function unsaved(found) {
    return found.answers.filter(function (answer) { return !answer.saved; });
  }

  function keys() {
    return transaction("readonly", function (responses) {
      const found = [];
      responses.getAllKeys().onsuccess = function (event) { found.push.apply(found, event.target.result); };
      return found;
    });
  }

  function remember(key, facts) {
    return transaction("readwrite", function (responses) {
      get(responses, key, function (row) { responses.put(Object.assign({ offset: 0, latest: 0 }, row, { key: key }, facts)); });
    });
  }

  /* What the server holds; what was changed here since is not touched. */
  function mirror(key, fields, latest) {
    return transaction("readwrite", function (responses, answers) {
      get(responses, key, function (row) {
        responses.put(Object.assign(row, { latest: Math.max(row.latest, latest) }));
        Object.keys(fields).forEach(function (code) {
          get(answers, [key, code], function (own) {
            if (!own || own.saved) { answers.put({ key: key, code: code, fields: fields[code], at: 0, saved: true }); }
          });
        });
      });
    });
  }

  /* A change, dated by the server's clock as this device last knew it, and after everything that it has seen. */
  function record(key, code, fields) {
    return transaction("readwrite", function (responses, answers) {
      get(responses, key, function (row) {
        row.latest = Math.max(Date.now() + row.offset, row.latest + 1);
        responses.put(row);
        answers.put({ key: key, code: code, fields: fields, at: row.latest, saved: false });
      });
    }, "strict");
  }

  function address(key, place, wording) { return "/repondre/" + key + "/" + place + (wording || ""); }

  /* Send what waits; when ``ask``, even nothing, and what was refused before, to hear how things stand. Gives the server's reply, null when there was nothing to send;
     else throws { status }, 0 when the network fails. */
  function send(key, ask) {
    return read(key).then(function (found) {
      const sent = ask || (found.response && found.response.submit) ? unsaved(found) : pending(found);
      if (!found.response || !(sent.length || found.response.submit || ask)) { return null; }
      return post(address(key, "envoi", found.response.wording), sending(sent, found.response.submit)).then(function (reply) {
        return acknowledge(key, sent, reply).then(function () { return reply; });
      });
    });
  }

  function sending(sent, submit) {
    const answers = {};
    sent.forEach(function (one) { answers[one.code] = { fields: one.fields, at: Math.round(one.at) }; });
    return JSON.stringify({ answers: answers, submit: Boolean(submit) });
  }

  function post(url, body) {
    const headers = { "Accept": "application/json", "Content-Type": "application/json" };
    return fetch(url, { method: "POST", headers: headers, body: body, credentials: "same-origin", cache: "no-store" }).then(function (answer) {
      if (answer.ok) { return answer.json(); }
      throw { status: answer.status };
    }, function () { throw { status: 0 }; });
  }

  /* What changed again meanwhile still waits; what the server refused waits for its author to correct it. */
  function acknowledge(key, sent, reply) {
    if (reply.submitted) { return forget(key); }
    const refused = reply.problems.map(function (problem) { return problem.field; });
    return transaction("readwrite", function (responses, answers) {
      get(responses, key, function (row) {
        responses.put(Object.assign(row, { offset: reply.now - Date.now(), latest: Math.max(row.latest, reply.latest), submit: false }));
      });
      sent.forEach(function (one) {
        get(answers, [key, one.code], function (own) {
          if (!own || own.at !== one.at) { return; }
          const wrong = Object.keys(own.fields).some(function (name) { return refused.indexOf(name) >= 0; });
          answers.put(wrong ? Object.assign(own, { refused: true }) : Object.assign(own, { fields: reply.answers[one.code] || own.fields, saved: true }));
        });
      });
    });
  }

  /* Nothing of that response stays here: neither its answers nor its pages. */
  function forget(key) {
    return transaction("readwrite", function (responses, answers) {
      responses.delete(key);
      answers.delete(of(key));
    }).then(function () { return scope.caches && caches.delete("reponse-" + key); });
  }

  /* A phone passes from hand to hand: of the others' responses only what must still be sent stays. */
  function forgetOthers(key) {
    return keys().then(function (all) {
      return Promise.all(all.filter(function (other) { return other !== key; }).map(function (other) {
        return read(other).then(function (found) {
          return found.response.submit || unsaved(found).length ? null : forget(other);
        });
      }));
    });
  }

  /* The collection is over, or the response deleted: the server's page tells it, and gives back what could not be saved. */
  function tell(key, found) {
    const form = document.createElement("form"), text = document.createElement("textarea");
    form.method = "post";
    form.action = address(key, "non-enregistre", location.search);
    form.hidden = true;
    text.name = "answers";
    text.value = sending(unsaved(found));
    form.appendChild(text);
    document.body.appendChild(form);
    form.submit();
  }

  /* On a page that ends a response: nothing of it stays here, once what waited has been sent or given back. */
  function settle(key, told) {
    return read(key).then(function (found) {
      if (told || !unsaved(found).length) { return forget(key); }
      return send(key).then(function () { return forget(key); }, function (problem) {
        if (problem.status >= 400 && problem.status < 500) { tell(key, found); }
      });
    });
  }

  scope.outbox = {
    read: read, keys: keys, remember: remember, mirror: mirror, record: record, send: send, pending: pending, tell: tell,
    forget: forget, forgetOthers: forgetOthers, address: address
  };

  const end = scope.document && document.querySelector("[data-forget]");
  if (end && scope.indexedDB) { settle(end.dataset.forget, "told" in end.dataset).then(function () { end.dataset.forgotten = ""; }, function () {}); }
}(self));
