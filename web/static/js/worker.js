/* The service worker of /repondre/: shows the pages that are on the device when the network does not answer, and sends
   what waits when it is back, even with no page open. It keeps no page by itself: pages put theirs in a cache each. */
(function () {
  "use strict";

  const PATIENCE = 5000;

  self.addEventListener("install", function () { self.skipWaiting(); });
  self.addEventListener("activate", function (event) { event.waitUntil(self.clients.claim()); });

  self.addEventListener("fetch", function (event) {
    const request = event.request, path = new URL(request.url).pathname;
    if (request.mode === "navigate") {
      event.respondWith(request.method === "GET" ? shown(request) : fetch(request).catch(unreachable));
    } else if (request.method === "GET" && path.indexOf("/static/") === 0) {
      event.respondWith(caches.match(request).then(function (kept) { return kept || fetch(request); }));
    }
  });

  /* The page as it is on the server, or the one that is here when the server is silent. */
  function shown(request) {
    return kept(request).then(function (page) {
      if (!page) { return fetch(request).catch(unreachable); }
      const late = new Promise(function (resolve) { setTimeout(resolve, PATIENCE, page); });
      return Promise.race([fetch(request).then(function (answer) { return answer.status < 500 ? answer : page; }, function () { return page; }), late]);
    });
  }

  function kept(request) {
    return caches.match(request).then(function (exact) { return exact || caches.match(request, { ignoreSearch: true }); });
  }

  function unreachable() {
    return caches.match("/repondre/hors-connexion").then(function (page) { return page || Response.error(); });
  }

  self.addEventListener("sync", function (event) {
    event.waitUntil(outbox.keys().then(function (keys) {
      return Promise.all(keys.map(function (key) { return outbox.send(key).catch(postponed); }));
    }));
  });

  /* A refusal waits for its person, who must read it; anything else is tried again by the browser. */
  function postponed(problem) {
    if (!problem.status || problem.status >= 500) { throw problem; }
  }
}());
