// Turns the stacked slides into a deck: one at a time, driven by keys, clickers, fingers, in step with a second window.
// Without it the slides are read by scrolling.
(function () {
  "use strict";
  var slides = Array.prototype.slice.call(document.querySelectorAll(".slide"));
  var position = document.getElementById("position"), help = document.getElementById("help"), typed = "";
  var name = "grille-seance-" + document.body.dataset.session, still = matchMedia("(prefers-reduced-motion: reduce)");
  var current = -1, listeners = [];

  function index() {
    var found = slides.findIndex(function (slide) { return "#" + slide.id === location.hash; });
    return found < 0 ? 0 : found;
  }

  // What is still to be revealed on a slide: one row at a time, after the room has said what it thinks.
  function waiting(slide) { return slide.querySelectorAll(".waiting"); }
  function reveal(slide) { waiting(slide).forEach(function (one) { one.classList.remove("waiting"); }); }

  function show(number, focus, told) {
    var wanted = Math.max(0, Math.min(number, slides.length - 1)), slide = slides[wanted];
    if (wanted !== current) {
      if (slides[current]) slides[current].classList.remove("current");
      slide.classList.add("current");
      grow(slide, current);
      current = wanted;
      try { if (location.hash !== "#" + slide.id) history.replaceState(null, "", "#" + slide.id); } catch (error) { /* a file of old browsers */ }
      document.body.classList.remove("black");
      window.scrollTo(0, 0);
    }
    if (focus) {
      slide.focus({ preventScroll: true });
      position.textContent = slide.querySelector(".count").textContent;
    }
    changed(told);
  }

  function by(step) {
    var hidden = step > 0 ? waiting(slides[current]) : [];
    if (hidden.length) {
      hidden[0].classList.remove("waiting");
      changed();
    } else {
      show(current + step, true);
    }
  }

  // A polygon grows from the year before, drawn under it, to its own year.
  function grow(slide, from) {
    var series = slide.querySelectorAll(".radar-series"), half = series.length / 2;
    if (still.matches || slide.classList.contains("slide-retained") || half < 2 || from < 0 || from > slides.indexOf(slide)) return;
    var was = series[half - 2].querySelector("polygon"), now = series[half - 1].querySelectorAll("polygon"), marks = series[2 * half - 1];
    if (!was || !now.length) return;
    var start = corners(was), end = corners(now[0]), begun = null;
    if (start.length !== end.length) return;
    var written = now[0].getAttribute("points");
    marks.classList.add("unborn");
    requestAnimationFrame(function step(time) {
      begun = begun === null ? time : begun;
      var part = Math.min(1, (time - begun) / 900), eased = 1 - Math.pow(1 - part, 3);
      var points = part < 1 && slide.classList.contains("current") ? start.map(function (corner, i) {
        return corner.map(function (value, axis) { return (value + (end[i][axis] - value) * eased).toFixed(1); }).join(",");
      }).join(" ") : written;
      now.forEach(function (polygon) { polygon.setAttribute("points", points); });
      if (points === written) marks.classList.remove("unborn"); else requestAnimationFrame(step);
    });
  }

  function corners(polygon) {
    return polygon.getAttribute("points").split(" ").map(function (corner) { return corner.split(",").map(Number); });
  }

  // In step: every window of the same session says where it is, and goes where another says that it is.
  var channel = "BroadcastChannel" in window ? new BroadcastChannel(name) : null;
  function state() {
    return { at: current, left: waiting(slides[current]).length, black: document.body.classList.contains("black"), query: location.search };
  }
  function tell(message) {
    message.time = Date.now();
    if (channel) channel.postMessage(message);
    try { localStorage.setItem(name, JSON.stringify(message)); } catch (error) { /* no storage here */ }
  }
  function changed(told) {
    listeners.forEach(function (listener) { listener(current, slides); });
    if (!told && document.body.classList.contains("live")) tell(state());
  }
  function follow(message) {
    if (!message || !document.body.classList.contains("live")) return;
    if (message.decided) return refresh();
    if (message.query !== location.search) return reach(location.pathname + message.query + "#s" + (message.at + 1));
    show(message.at, false, true);
    var hidden = waiting(slides[current]);
    for (var i = 0; i < hidden.length - message.left; i++) hidden[i].classList.remove("waiting");
    document.body.classList.toggle("black", message.black);
  }
  if (channel) channel.onmessage = function (event) { follow(event.data); };
  window.addEventListener("storage", function (event) { if (event.key === name && event.newValue) follow(JSON.parse(event.newValue)); });

  function fullscreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (document.documentElement.requestFullscreen) document.documentElement.requestFullscreen();
  }
  function black() { document.body.classList.toggle("black"); changed(); }
  function toggleHelp() { if (!help) return; if (help.open) help.close(); else help.showModal(); }
  function everything() { reveal(slides[current]); changed(); }
  function second() {
    var address = document.body.dataset.presenter;
    if (address) window.open(address + location.search + location.hash, name, "popup,width=1280,height=760");
  }
  function notes() { document.body.classList.toggle("with-notes"); window.print(); }

  var keys = {
    ArrowRight: function () { by(1); }, ArrowDown: function () { by(1); }, PageDown: function () { by(1); },
    ArrowLeft: function () { by(-1); }, ArrowUp: function () { by(-1); }, PageUp: function () { by(-1); }, Backspace: function () { by(-1); },
    Home: function () { show(0, true); }, End: function () { show(slides.length - 1, true); },
    f: fullscreen, b: black, ".": black, r: everything, p: second, n: notes, "?": toggleHelp, h: toggleHelp
  };

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || (help && help.open && event.key !== "?")) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, [contenteditable]")) {
      if (event.key === "Escape") event.target.blur();
      if (event.key !== "PageDown" && event.key !== "PageUp") return;
    }
    var onControl = event.target.closest("a, button, input"), key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === " ") {
      if (onControl) return;
      by(event.shiftKey ? -1 : 1);
    } else if (/^\d$/.test(key)) {
      typed = (typed + key).slice(-3);
      return;
    } else if (key === "Enter" && typed) {
      show(Number(typed) - 1, true);
    } else if (key === "Enter" && !onControl) {
      by(1);
    } else if (keys[key]) {
      keys[key]();
    } else {
      return;
    }
    typed = "";
    event.preventDefault();
  });

  document.addEventListener("click", function (event) {
    var link = event.target.closest(".foot a");
    if (!link || !document.body.classList.contains("live")) return;
    event.preventDefault();
    show(current + (link.classList.contains("next") ? 1 : -1), true);
  });

  var from = null;
  document.addEventListener("touchstart", function (event) { from = event.touches[0]; }, { passive: true });
  document.addEventListener("touchend", function (event) {
    var to = event.changedTouches[0], across = from ? to.clientX - from.clientX : 0;
    if (document.body.classList.contains("live") && Math.abs(across) > 60 && Math.abs(across) > 2 * Math.abs(to.clientY - from.clientY)) by(across < 0 ? 1 : -1);
  }, { passive: true });

  // Another window has kept a decision, or taken one back.
  function refresh() {
    fetch(location.href).then(function (answer) {
      if (!answer.ok) throw answer;
      return answer.text();
    }).then(function (text) {
      var other = new DOMParser().parseFromString(text, "text/html").getElementById("decided"), mine = document.getElementById("decided");
      if (other && mine) mine.innerHTML = other.innerHTML;
    }).catch(function () { setTimeout(refresh, 5000); });
  }

  // Other years and colleges: the room keeps its slide until the page that replaces it can be had.
  var going = null;
  function reach(address) {
    going = address;
    fetch(address).then(function (answer) {
      if (!answer.ok) throw answer;
      if (going === address) location.replace(address);
    }).catch(function () { setTimeout(function () { if (going === address) reach(address); }, 3000); });
  }
  document.addEventListener("submit", function (event) {
    if (!event.target.matches(".choices") || !window.fetch) return;
    event.preventDefault();
    if (help && help.open) help.close();
    reach(location.pathname + "?" + new URLSearchParams(new FormData(event.target)) + location.hash);
  });

  window.addEventListener("hashchange", function () { show(index(), false); });

  // A tall screen (a phone) keeps the stacked slides: they are read by scrolling there.
  var tall = window.matchMedia("(max-aspect-ratio: 1/1)");
  function settle() {
    document.body.classList.toggle("live", !tall.matches);
    if (!tall.matches) show(index(), false, true);
  }
  tall.addEventListener("change", settle);
  document.querySelectorAll(".moves li").forEach(function (row) { row.classList.add("waiting"); });
  settle();
  window.deck = { by: by, show: show, tell: function (message) { tell(message || state()); }, listen: function (listener) { listeners.push(listener); listener(current, slides); } };
})();
