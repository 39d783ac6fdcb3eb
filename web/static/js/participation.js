/* Keeps the figures of participation up to date while the page is looked at. Reloading does the same. */
(function () {
  "use strict";
  var place = document.getElementById("suivi");
  if (!place || !window.fetch) { return; }
  var live = place.querySelector(".live"), every = 10000;
  live.textContent = live.dataset.live;

  function show(reply) {
    var total = document.querySelector(".total"), words = document.querySelector(".total-words");
    total.textContent = reply.total.toLocaleString("fr");
    words.textContent = reply.total < 2 ? words.dataset.one : words.dataset.many;
    reply.colleges.forEach(function (one) {
      var row = place.querySelector("tr[data-college='" + CSS.escape(one.college) + "']");
      row.querySelector(".count").textContent = one.count;
      row.querySelector(".said").textContent = one.sentence;
      row.querySelector(".share").textContent = one.share;
      var bar = row.querySelector("progress");
      if (bar) { bar.value = Math.min(one.count, bar.max); }
    });
    live.textContent = live.dataset.live;
  }

  function ask() {
    if (document.hidden) { return; }
    fetch(place.dataset.source, { credentials: "same-origin", redirect: "error" })
      .then(function (answer) {
        if (answer.status === 404) { location.reload(); } // closed meanwhile: the page says what comes next
        if (!answer.ok) { throw answer; }
        return answer.json();
      })
      .then(show)
      .catch(function () { live.textContent = live.dataset.lost; });
  }

  setInterval(ask, every);
  document.addEventListener("visibilitychange", ask);
})();
