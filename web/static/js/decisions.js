// What the room decides is kept without leaving the slide, nor the full screen. Each sentence waits here until the
// server has it: the network may be gone, and the slide stays. Without this file the same forms send the same things.
(function () {
  "use strict";
  var place = document.querySelector(".deciding");
  if (!place || !window.fetch || !window.deck) return;
  var PATIENCE = 10000, form = document.getElementById("deciding"), field = form.elements.text, late = document.getElementById("late");
  var list = document.getElementById("waiting"), name = "grille-decisions-" + document.body.dataset.session;
  var kept = read(), queue = kept.queue || [], sending = false, delay = 0, timer = null;

  function read() { try { return JSON.parse(sessionStorage.getItem(name)) || {}; } catch (error) { return {}; } }
  function remember() {
    try { sessionStorage.setItem(name, JSON.stringify({ queue: queue, typed: field.value })); } catch (error) { /* no storage here */ }
  }

  function show(words) {
    late.textContent = words;
    list.replaceChildren.apply(list, queue.filter(function (one) { return one.text; }).map(function (one) {
      var row = document.createElement("li");
      row.textContent = one.text;
      return row;
    }));
    remember();
  }

  // What Enter adds; what is too long stays in its field, whole, and the slide says by how much.
  function add() {
    var text = field.value.trim(), over = text.length - Number(place.dataset.longest);
    if (over > 0) { show(place.dataset.over.replace("{n}", over)); return; }
    if (text) { queue.push({ text: text }); field.value = ""; }
    show("");
    send();
  }

  function send() {
    clearTimeout(timer);
    if (sending || !queue.length) return;
    sending = true;
    var body = new FormData(form), patience = new AbortController(), end = setTimeout(function () { patience.abort(); }, PATIENCE);
    body.delete("text");
    Object.keys(queue[0]).forEach(function (key) { body.set(key, queue[0][key]); });
    fetch(form.action, { method: "POST", body: body, headers: { "X-Part": "list" }, redirect: "error", signal: patience.signal }).then(function (answer) {
      if (!answer.ok && answer.status !== 422 || !answer.headers.has("Content-Security-Policy")) throw answer;
      return answer.text().then(function (text) { done(answer.status === 422, text); });
    }).catch(function (problem) {
      show(place.dataset.late);
      if (problem.status === 400 || problem.status === 401) renew();
      delay = Math.min(15000, delay ? delay * 2 : 1000);
      timer = setTimeout(send, delay);
    }).then(function () {
      clearTimeout(end);
      sending = false;
      if (!delay) send();
    });
  }

  function done(refused, text) {
    var one = queue.shift();
    delay = 0;
    document.getElementById("decided").innerHTML = text;
    if (refused && one.text) field.value = field.value ? one.text + " " + field.value : one.text;
    show("");
    window.deck.tell({ decided: true });
  }

  // The session ended, or began again in another tab: this page's own token is asked for again.
  function renew() {
    fetch(location.href).then(function (answer) { return answer.text(); }).then(function (text) {
      var fresh = new DOMParser().parseFromString(text, "text/html").getElementById("deciding");
      if (fresh) form.elements.csrf_token.value = fresh.elements.csrf_token.value;
      else show(place.dataset.apart);
    }).catch(function () { /* tried again soon */ });
  }

  document.addEventListener("submit", function (event) {
    if (!place.contains(event.target)) return;
    event.preventDefault();
    if (event.submitter && event.submitter.name === "remove") {
      queue.push({ remove: event.submitter.value });
      remember();
      send();
    } else {
      add();
    }
    field.focus();
  });
  field.addEventListener("input", function () { show(queue.length ? late.textContent : ""); });
  window.addEventListener("online", function () { delay = 0; send(); });
  window.addEventListener("beforeunload", function (event) {
    if (queue.length) { event.preventDefault(); event.returnValue = ""; }
  });

  if (kept.typed && !field.value) field.value = kept.typed;
  if (queue.length) { show(place.dataset.late); send(); }
})();
