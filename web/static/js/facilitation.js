// The projected page of a workshop: keys and clicker, counts kept up to date, and acts that keep the full screen.
// Without it the same buttons send the same forms, and « Actualiser » brings the counts.
(function () {
  "use strict";
  var EVERY = 2000, PATIENCE = 10000, tag = null, busy = false, acts = [], delay = 0, timer = null;
  function main() { return document.getElementById("atelier"); }
  function skill() { var field = document.querySelector(".agree [name=savoir]"); return field ? field.value : ""; }

  // What a page that was fetched shows takes the place of what this one shows: the full screen stays.
  function swap(text) {
    var next = new DOMParser().parseFromString(text, "text/html"), fresh = next.getElementById("atelier");
    if (!fresh) { throw new Error("another page"); }
    document.title = next.title;
    main().replaceWith(document.adoptNode(fresh));
    tag = null;
    ready();
    var problem = document.getElementById("probleme");
    (problem || main()).focus({ preventScroll: true });
  }

  // Only a page of ours counts: not a proxy's, while the server starts again, nor the one that asks to sign in.
  function fetched(address, body) {
    var patience = window.AbortController ? new AbortController() : null;
    var end = setTimeout(function () { if (patience) { patience.abort(); } }, PATIENCE);
    var options = { method: body ? "POST" : "GET", body: body, credentials: "same-origin", signal: patience ? patience.signal : undefined };
    return fetch(address, options).then(function (answer) {
      var own = answer.headers.has("Content-Security-Policy") && !/\/connexion/.test(answer.url);
      if (!own || answer.status >= 500 || [400, 401, 408, 429].indexOf(answer.status) >= 0) { throw answer; }
      return answer.text().then(function (text) { clearTimeout(end); return { done: answer.ok, text: text }; });
    });
  }

  // An act waits here until the server has done it: the screen stays, and says so. Done twice, each is as done once.
  document.addEventListener("submit", function (event) {
    var form = event.target, body = new URLSearchParams(new FormData(form)), button = event.submitter;
    event.preventDefault();
    if (button && button.name) { body.set(button.name, button.value); }
    var same = acts.some(function (act) { return act.address === form.action && String(act.body) === String(body); });
    if (!same) { acts.push({ address: form.action, body: body, words: button ? button.textContent.trim() : "", skill: skill() }); }
    send();
  });

  function send() {
    var act = acts[0];
    clearTimeout(timer);
    if (busy || !act) { return; }
    busy = true;
    fetched(act.address, act.body).then(function (reply) {
      var notes = /consensus$/.test(act.address), left = !notes && draft(act.skill) ? act.skill : "";
      if (notes && reply.done) { forget(act.skill); }
      swap(reply.text);
      acts.shift();
      if (!reply.done) { acts = []; }
      delay = 0;
      if (left && left !== skill()) { say(main().dataset.left); }
    })["catch"](late).then(function () { busy = false; if (!delay) { send(); } });
  }

  function late(problem) {
    say(main().dataset.late.replace("{act}", acts[0].words));
    if (problem.status === 400 || problem.status === 401 || /\/connexion/.test(problem.url || "")) { renew(); }
    delay = Math.min(15000, delay ? delay * 2 : 1000);
    timer = setTimeout(send, delay);
  }

  // The session ended, or began again in another tab: its own token is asked for again.
  function renew() {
    fetched(main().dataset.page).then(function (reply) {
      var token = new DOMParser().parseFromString(reply.text, "text/html").querySelector("#atelier [name=csrf_token]");
      acts.forEach(function (act) { act.body.set("csrf_token", token.value); });
    })["catch"](function () { say(main().dataset.apart); });
  }

  function say(words) {
    var place = document.getElementById("late");
    if (place) { place.textContent = words; }
  }

  // What is typed about a skill and not noted yet comes back with that skill, whatever happens to the page meanwhile.
  function named(code) { return "grille-note-" + location.pathname + "-" + code; }
  function draft(code) {
    try { return JSON.parse(sessionStorage.getItem(named(code))); } catch (error) { return null; }
  }
  function forget(code) { try { sessionStorage.removeItem(named(code)); } catch (error) { /* no storage here */ } }
  function touched() {
    var level = document.querySelector(".level :checked"), typed = { level: level ? level.value : "", comment: document.getElementById("comment").value };
    try { sessionStorage.setItem(named(skill()), JSON.stringify(typed)); } catch (error) { /* no storage here */ }
  }
  function restore() {
    var typed = skill() && draft(skill()), level = typed && document.querySelector(".level [value='" + typed.level + "']");
    if (typed) { document.getElementById("comment").value = typed.comment; }
    if (level) { level.checked = true; }
  }
  document.addEventListener("input", function (event) { if (event.target.closest(".agree")) { touched(); } });
  window.addEventListener("online", function () { delay = 0; send(); });
  window.addEventListener("beforeunload", function (event) {
    if (acts.length) { event.preventDefault(); event.returnValue = ""; }
  });

  function ask() {
    var place = main();
    if (document.hidden || busy || acts.length || !place.dataset.state) { return; }
    var count = document.querySelector("[data-count]"), headers = tag ? { "If-None-Match": tag } : {};
    fetch(place.dataset.state, { headers: headers, cache: "no-store", credentials: "same-origin", redirect: "error" }).then(function (answer) {
      if (answer.status === 304) { return null; }
      if (!answer.ok) { throw answer; }
      tag = answer.headers.get("ETag");
      return answer.json();
    }).then(function (reply) {
      if (!reply || place !== main() || busy || acts.length) { return; }
      if (reply.version !== place.dataset.version) { follow(place.dataset.page); return; }
      count.textContent = reply.words;
      count.classList.remove("lost");
      under(reply.revealing);
      first(reply.first);
    })["catch"](function () { if (count) { count.textContent = place.dataset.lost; count.classList.add("lost"); tag = null; } });
  }

  function follow(page) {
    busy = true;
    fetched(page).then(function (reply) { swap(reply.text); })["catch"](function () { /* asked again soon */ }).then(function () { busy = false; send(); });
  }

  // Why nothing can be revealed yet, or that it is done once.
  function under(words) {
    var place = document.querySelector("[data-revealing]");
    if (place && place.textContent !== words) { place.textContent = words; }
  }

  // The button that one key presses is the full one.
  function first(name) {
    ["reveler", "suite"].forEach(function (id) {
      var button = document.getElementById(id);
      if (button) { button.classList.toggle("quiet", id !== name); }
    });
  }

  // Counts come by themselves here.
  function ready() {
    var refresh = document.querySelector(".refresh");
    if (refresh) { refresh.hidden = true; }
    restore();
  }

  function press(id) { var button = document.getElementById(id); if (button) { button.click(); } }
  function onward() {
    var reveal = document.getElementById("reveler");
    press(reveal && !reveal.classList.contains("quiet") ? "reveler" : "suite");
  }
  function fullscreen() {
    if (document.fullscreenElement) { document.exitFullscreen(); } else if (document.documentElement.requestFullscreen) { document.documentElement.requestFullscreen(); }
  }
  var keys = {
    ArrowRight: onward, PageDown: onward, ArrowLeft: function () { press("precedent"); }, PageUp: function () { press("precedent"); },
    r: function () { press("reveler"); }, n: function () { press("noter"); }, f: fullscreen,
    c: function () { document.getElementById("comment").focus(); }
  };
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    var typing = event.target.closest("#comment"), choosing = event.target.closest("input"), key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (typing && key === "Escape") { event.target.blur(); }
    if (typing && key !== "PageDown" && key !== "PageUp") { return; }
    if (choosing && /^Arrow/.test(key)) { return; }
    if (/^\d$/.test(key)) {
      var level = document.querySelector(".level [value='" + key + "']");
      if (level) { level.checked = true; level.focus(); touched(); event.preventDefault(); }
    } else if (keys[key]) {
      keys[key]();
      event.preventDefault();
    }
  });

  ready();
  setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", ask);
})();
