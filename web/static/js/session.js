// Turns the stacked slides into a deck: one at a time, driven by keys, clickers, fingers. Without it the slides are read by scrolling.
(function () {
  "use strict";
  var slides = Array.prototype.slice.call(document.querySelectorAll(".slide"));
  var position = document.getElementById("position"), help = document.getElementById("help"), typed = "";

  function index() {
    var found = slides.findIndex(function (slide) { return "#" + slide.id === location.hash; });
    return found < 0 ? 0 : found;
  }

  function show(number, focus) {
    var wanted = Math.max(0, Math.min(number, slides.length - 1)), slide = slides[wanted];
    slides.forEach(function (one) { one.classList.toggle("current", one === slide); });
    if (location.hash !== "#" + slide.id) history.replaceState(null, "", "#" + slide.id);
    document.body.classList.remove("black");
    window.scrollTo(0, 0);
    if (focus) {
      slide.focus({ preventScroll: true });
      position.textContent = slide.querySelector(".count").textContent;
    }
  }

  function by(step) { show(index() + step, true); }

  function fullscreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (document.documentElement.requestFullscreen) document.documentElement.requestFullscreen();
  }

  function black() { document.body.classList.toggle("black"); }

  function toggleHelp() { if (help.open) help.close(); else help.showModal(); }

  var keys = {
    ArrowRight: function () { by(1); }, ArrowDown: function () { by(1); }, PageDown: function () { by(1); },
    ArrowLeft: function () { by(-1); }, ArrowUp: function () { by(-1); }, PageUp: function () { by(-1); }, Backspace: function () { by(-1); },
    Home: function () { show(0, true); }, End: function () { show(slides.length - 1, true); },
    f: fullscreen, F: fullscreen, b: black, B: black, ".": black, "?": toggleHelp, h: toggleHelp
  };

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || (help.open && event.key !== "?")) return;
    var onControl = event.target.closest("a, button, input, textarea, [contenteditable]");
    if (event.key === " ") {
      if (onControl) return;
      by(event.shiftKey ? -1 : 1);
    } else if (/^\d$/.test(event.key)) {
      typed = (typed + event.key).slice(-3);
      return;
    } else if (event.key === "Enter" && typed) {
      show(Number(typed) - 1, true);
    } else if (event.key === "Enter" && !onControl) {
      by(1);
    } else if (keys[event.key]) {
      keys[event.key]();
    } else {
      return;
    }
    typed = "";
    event.preventDefault();
  });

  document.addEventListener("click", function (event) {
    var link = event.target.closest(".foot a");
    if (!link) return;
    event.preventDefault();
    by(link.classList.contains("next") ? 1 : -1);
  });

  var from = null;
  document.addEventListener("touchstart", function (event) { from = event.touches[0]; }, { passive: true });
  document.addEventListener("touchend", function (event) {
    var to = event.changedTouches[0], across = from ? to.clientX - from.clientX : 0;
    if (document.body.classList.contains("live") && Math.abs(across) > 60 && Math.abs(across) > 2 * Math.abs(to.clientY - from.clientY)) by(across < 0 ? 1 : -1);
  }, { passive: true });

  window.addEventListener("hashchange", function () { show(index(), false); });

  // A tall screen (a phone) keeps the stacked slides: they are read by scrolling there.
  var tall = window.matchMedia("(max-aspect-ratio: 1/1)");
  function settle() {
    document.body.classList.toggle("live", !tall.matches);
    if (!tall.matches) show(index(), false);
  }
  tall.addEventListener("change", settle);
  settle();
})();
