// The presenter's window: the notes of the slide, the next one, and how long it has been; session.js keeps it in step.
(function () {
  "use strict";
  var said = document.getElementById("said"), elapsed = document.getElementById("elapsed"), begun = Date.now();
  document.body.classList.add("led");
  window.deck.listen(function (current, slides) {
    var led = document.body.classList.contains("live");
    slides.forEach(function (slide, i) {
      slide.classList.toggle("upcoming", led && i === current + 1);
      slide.inert = led && i !== current;
    });
    if (!slides[current]) return;
    said.textContent = slides[current].querySelector(".notes").textContent.trim();
    said.classList.toggle("long", said.textContent.length > 250);
  });
  document.getElementById("on").addEventListener("click", function () { window.deck.by(1); });
  document.getElementById("back").addEventListener("click", function () { window.deck.by(-1); });
  document.getElementById("restart").addEventListener("click", function () { begun = Date.now(); tick(); });
  function tick() {
    var seconds = Math.floor((Date.now() - begun) / 1000), rest = seconds % 60;
    elapsed.textContent = Math.floor(seconds / 60) + ":" + (rest < 10 ? "0" : "") + rest;
  }
  setInterval(tick, 1000);
  if (location.search) window.deck.tell(); // the choice made here is shown there
})();
