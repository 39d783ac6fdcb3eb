// The projected page of a workshop: keys and clicker, counts kept up to date, and acts that keep the full screen.
// Without it the same buttons send the same forms, and « Actualiser » brings the counts.
(function () {
  "use strict";
  var EVERY = 2000, tag = null, busy = false, dirty = false;
  function main() { return document.getElementById("atelier"); }

  // What a page that was fetched shows takes the place of what this one shows: the full screen stays.
  function swap(text, keepTyped) {
    var next = new DOMParser().parseFromString(text, "text/html"), fresh = next.getElementById("atelier");
    if (!fresh) { location.reload(); return; }
    var typed = keepTyped && document.getElementById("comment"), picked = keepTyped && document.querySelector(".level :checked");
    document.title = next.title;
    main().replaceWith(document.adoptNode(fresh));
    if (typed) { document.getElementById("comment").value = typed.value; }
    if (picked) { var same = document.querySelector(".level [value='" + picked.value + "']"); if (same) { same.checked = true; } }
    dirty = Boolean(keepTyped && dirty);
    tag = null;
    ready();
    var problem = document.getElementById("probleme");
    (problem || main()).focus({ preventScroll: true });
  }

  function fetched(address, options, keepTyped) {
    busy = true;
    return fetch(address, options).then(function (answer) {
      if (answer.status >= 500 || answer.status === 401 || /\/connexion/.test(answer.url)) { throw answer; }
      return answer.text();
    }).then(function (text) { busy = false; swap(text, keepTyped); });
  }

  document.addEventListener("submit", function (event) {
    var form = event.target, data = new FormData(form), button = event.submitter;
    event.preventDefault();
    if (busy) { return; }
    if (button && button.name) { data.set(button.name, button.value); }
    var reveals = /reveler$/.test(form.action);
    fetched(form.action, { method: "POST", body: data, credentials: "same-origin" }, reveals && dirty)["catch"](function () {
      busy = false;
      if (button && button.name) {
        var hidden = document.createElement("input");
        hidden.type = "hidden"; hidden.name = button.name; hidden.value = button.value;
        form.appendChild(hidden);
      }
      form.submit();
    });
  });
  document.addEventListener("input", function (event) { if (event.target.closest(".agree")) { dirty = true; } });

  function ask() {
    var place = main();
    if (document.hidden || busy || !place.dataset.state) { return; }
    var count = document.querySelector("[data-count]"), headers = tag ? { "If-None-Match": tag } : {};
    fetch(place.dataset.state, { headers: headers, cache: "no-store", credentials: "same-origin", redirect: "error" }).then(function (answer) {
      if (answer.status === 304) { return null; }
      if (!answer.ok) { throw answer; }
      tag = answer.headers.get("ETag");
      return answer.json();
    }).then(function (reply) {
      if (!reply || place !== main() || busy) { return; }
      if (reply.version !== place.dataset.version) { fetched(place.dataset.page, { credentials: "same-origin" }, dirty)["catch"](function () { busy = false; }); return; }
      count.textContent = reply.words;
      count.classList.remove("lost");
      first(reply.first);
    })["catch"](function () { if (count) { count.textContent = place.dataset.lost; count.classList.add("lost"); tag = null; } });
  }

  // The button that one key presses is the full one.
  function first(name) {
    ["reveler", "suite"].forEach(function (id) {
      var button = document.getElementById(id);
      if (button) { button.classList.toggle("quiet", id !== name); }
    });
  }

  // Counts come by themselves here.
  function ready() { var refresh = document.querySelector(".refresh"); if (refresh) { refresh.hidden = true; } }

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
      if (level) { level.checked = true; level.focus(); dirty = true; event.preventDefault(); }
    } else if (keys[key]) {
      keys[key]();
      event.preventDefault();
    }
  });

  ready();
  setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", ask);
})();
