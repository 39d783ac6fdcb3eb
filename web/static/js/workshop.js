/* A phone in a workshop: saves each choice at once, says truly whether it is saved, and follows the group.
   Everything works without this file; it is written for old browsers too (ES5), and leaves if they lack what it needs. */
(function () {
  "use strict";
  var EVERY = 2000, form = document.getElementById("reponse"), again = document.querySelector(".again");

  // The script that counts comes with the first text that has a limit.
  function countSigns() {
    if (!document.querySelector("[data-limit]")) { return; }
    document.addEventListener("focusin", function once(event) {
      if (!event.target.getAttribute || !event.target.getAttribute("data-limit")) { return; }
      document.removeEventListener("focusin", once);
      var script = document.createElement("script");
      script.src = form.getAttribute("data-counter");
      document.head.appendChild(script);
    });
  }

  if (form) { countSigns(); }
  function known(code) { return "grille-atelier-" + code; }

  // A phone that scans the code twice finds its own response again; the group's end makes it forget.
  function remember(code, address) {
    try { if (address) { localStorage.setItem(known(code), address); } else { localStorage.removeItem(known(code)); } } catch (error) { /* no storage here */ }
  }
  function recall(code) {
    try { return localStorage.getItem(known(code)); } catch (error) { return null; }
  }
  if (again) {
    var mine = recall(again.getAttribute("data-workshop"));
    if (mine) { again.querySelector("a").href = mine; again.hidden = false; }
  }
  if (!form || !window.fetch || !window.FormData || !FormData.prototype.forEach) { return; }

  var code = form.getAttribute("data-code"), skill = form.getAttribute("data-skill"), current = form.getAttribute("data-current");
  var status = form.querySelector(".status"), elsewhere = document.querySelector(".elsewhere");
  var dirty = false, refused = false, sending = false, timer = null, tag = null, away = null;
  document.querySelector(".refresh").hidden = true;
  remember(code, location.pathname);

  function say(text, waiting) { status.textContent = text; status.className = waiting ? "status waiting" : "status"; }

  function body() {
    var pairs = [];
    new FormData(form).forEach(function (value, name) { pairs.push(encodeURIComponent(name) + "=" + encodeURIComponent(value)); });
    return pairs.join("&");
  }

  function problems(list) {
    Array.prototype.forEach.call(form.querySelectorAll(".error"), function (place) { place.textContent = ""; });
    list.forEach(function (one) {
      var place = document.getElementById(one.field + "-erreur");
      if (place) { place.textContent = one.sentence; }
    });
  }

  // One request at a time; what changes meanwhile goes with the next. What is refused for good is read as a page.
  function send() {
    clearTimeout(timer);
    if (sending) { return; }
    sending = true;
    dirty = false;
    say(form.getAttribute("data-saving"), true);
    var headers = { "Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded" };
    fetch(location.href, { method: "POST", headers: headers, body: body(), credentials: "same-origin" }).then(function (answer) {
      if (answer.status !== 200 && answer.status !== 422) { throw answer; }
      return answer.json();
    }).then(function (reply) {
      sending = false;
      form.elements.shown.value = reply.shown;
      problems(reply.problems);
      refused = reply.problems.length > 0;
      say(reply.status, reply.problems.length > 0);
      if (dirty) { send(); } else if (away !== null && !refused) { follow(); }
    })["catch"](function (problem) {
      sending = false;
      var ours = problem.headers && problem.headers.has("Content-Security-Policy");
      if (ours && problem.status < 500 && [408, 425, 429].indexOf(problem.status) < 0) { form.submit(); return; }
      dirty = true;
      say(form.getAttribute("data-unsaved"), true);
      timer = setTimeout(send, 3000);
    });
  }

  window.addEventListener("beforeunload", function (event) {
    if (dirty && !sending || refused) { event.preventDefault(); event.returnValue = ""; }
  });

  function changed(delay) { dirty = true; clearTimeout(timer); timer = setTimeout(send, delay); }
  form.addEventListener("change", function () { form.querySelector(".clear").hidden = false; changed(0); });
  form.addEventListener("input", function (event) { if (event.target.type === "textarea") { changed(1200); } });
  form.addEventListener("submit", function (event) {
    if (event.submitter && event.submitter.name) { dirty = refused = false; return; }
    event.preventDefault();
    send();
  });

  // Where the group is: nothing comes back while nothing moves. What is typed is saved before the page follows.
  function ask() {
    if (document.hidden) { return; }
    var headers = { "Accept": "application/json" };
    if (tag) { headers["If-None-Match"] = tag; }
    fetch(form.getAttribute("data-state"), { headers: headers, cache: "no-store", credentials: "same-origin" }).then(function (answer) {
      if (answer.status !== 200) { return null; }
      tag = answer.headers.get("ETag");
      return answer.json();
    }).then(function (reply) { if (reply) { moved(reply.skill); } })["catch"](function () { /* asked again soon */ });
  }

  function moved(where) {
    if (where === "") { remember(code, null); }
    if (where === current) { away = null; elsewhere.hidden = true; return; }
    if (where !== "" && skill !== current) { if (where !== skill) { elsewhere.hidden = false; } return; }
    away = where;
    if (refused) { elsewhere.hidden = false; } else if (dirty) { send(); } else if (!sending) { follow(); }
  }

  function follow() {
    var plain = /[?&]lecture=facile/.test(location.search);
    location.replace(location.pathname + (plain ? "?lecture=facile" : ""));
  }

  setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", ask);
}());
