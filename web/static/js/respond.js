/* Saves every change at once, says truly whether it is saved, and reads questions aloud.
   Everything works without this file; it is written for old browsers too (ES5), and leaves if they lack what it needs. */
(function () {
  "use strict";

  function copyAddress() {
    var button = document.querySelector(".copy"), field = document.getElementById("adresse");
    if (!button || !navigator.clipboard) { return; }
    button.hidden = false;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(field.value).then(function () {
        button.parentNode.querySelector(".status").textContent = button.getAttribute("data-done");
      }, function () { field.select(); });
    });
  }

  function readAloud(form) {
    var voice = window.speechSynthesis, reading = null;
    if (!voice || !window.SpeechSynthesisUtterance) { return; }

    function words(question) {
      var parts = question.querySelectorAll("legend, .choice > label");
      return Array.prototype.map.call(parts, function (part) {
        return Array.prototype.map.call(part.childNodes, function (node) { return node.textContent; }).join(". ");
      });
    }

    function stop() {
      voice.cancel();
      if (reading) { reading.textContent = form.getAttribute("data-listen"); reading.setAttribute("aria-pressed", "false"); reading = null; }
    }

    function start(button, question) {
      stop();
      reading = button;
      button.textContent = form.getAttribute("data-stop");
      button.setAttribute("aria-pressed", "true");
      words(question).forEach(function (text, index, all) {
        var said = new window.SpeechSynthesisUtterance(text);
        said.lang = "fr-FR";
        if (index === all.length - 1) { said.onend = stop; }
        voice.speak(said);
      });
    }

    Array.prototype.forEach.call(form.querySelectorAll(".question"), function (question) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "plain-link listen";
      button.textContent = form.getAttribute("data-listen");
      button.setAttribute("aria-pressed", "false");
      button.addEventListener("click", function () { if (reading === button) { stop(); } else { start(button, question); } });
      question.querySelector(".help").appendChild(button);
    });
    window.addEventListener("pagehide", stop);
  }

  function saveAtOnce(form) {
    /* Once offline.js is there, changes go through what this device keeps; what was begun here ends here. */
    function kept() { return unsaved || sending ? null : window.keptAnswers; }

    var status = form.querySelector(".status"), retry = form.querySelector(".retry");
    var unsaved = false, sending = false, leaving = null, timer = null, delay = 0, refused = false;

    function say(text, waiting) {
      status.textContent = text;
      status.className = waiting ? "status waiting" : "status";
    }

    function body() {
      var data = new FormData(form), pairs = [];
      data.forEach(function (value, name) { pairs.push(encodeURIComponent(name) + "=" + encodeURIComponent(value)); });
      if (leaving) { pairs.push(encodeURIComponent(leaving.name) + "=" + encodeURIComponent(leaving.value)); }
      return pairs.join("&");
    }

    function showProblems(problems) {
      Array.prototype.forEach.call(form.querySelectorAll(".error"), function (place) { place.textContent = ""; });
      Array.prototype.forEach.call(form.querySelectorAll("[aria-invalid]"), function (field) { field.removeAttribute("aria-invalid"); });
      problems.forEach(function (problem) {
        var place = document.getElementById(problem.field + "-erreur"), field = document.getElementById(problem.field);
        if (place) { place.textContent = problem.sentence; }
        if (field) { field.setAttribute("aria-invalid", "true"); }
      });
    }

    function saved(reply) {
      form.elements.shown.value = reply.shown;
      refused = reply.problems.length > 0;
      showProblems(reply.problems);
      say(unsaved ? form.getAttribute("data-saving") : reply.status, unsaved || reply.problems.length > 0);
      var step = form.querySelector(".step[aria-current]"), all = form.querySelectorAll(".question").length;
      step.classList.toggle("all", reply.answered === all);
      step.classList.toggle("some", reply.answered > 0 && reply.answered < all);
      step.querySelectorAll("span")[1].textContent = step.querySelectorAll("span")[1].textContent.replace(/\d+(?=\s+sur)/, reply.answered);
      retry.hidden = true;
      delay = 0;
    }

    function failed() {
      unsaved = true;
      leaving = null;
      say(form.getAttribute("data-unsaved"), true);
      status.classList.add("alone");
      retry.hidden = false;
      delay = Math.min(30000, delay ? delay * 2 : 2000);
      timer = setTimeout(send, delay);
    }

    /* One request at a time; what changes meanwhile goes with the next. A refusal that is not about the answers
       (a campaign closed, an address deleted) is a page of its own: send the form as without script to read it. */
    function send() {
      if (sending) { return; }
      clearTimeout(timer);
      sending = true;
      unsaved = false;
      say(form.getAttribute("data-saving"), true);
      var headers = { "Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded" };
      fetch(form.action, { method: "POST", headers: headers, body: body(), credentials: "same-origin" }).then(function (answer) {
        if (answer.status !== 200) { throw answer; }
        return answer.json();
      }).then(function (reply) {
        sending = false;
        saved(reply);
        if (unsaved) { send(); } else if (leaving && !refused) { location.assign(reply.next); } else if (leaving) { correct(); }
      })["catch"](function (problem) {
        sending = false;
        if (isOurs(problem)) { submit(); } else { failed(); }
      });
    }

    /* A refusal of ours is a page to read; a proxy's, or too many at once, is tried again. */
    function isOurs(problem) {
      return problem.headers && problem.headers.has("Content-Security-Policy") && problem.status < 500 && [408, 425, 429].indexOf(problem.status) < 0;
    }

    /* A page whose last save was refused is not left: the text is shown, with what is wrong beside it. */
    function correct() {
      var field = form.querySelector("[aria-invalid]"), details = field && field.closest("details");
      if (!field) { submit(); return; }
      leaving = null;
      if (details) { details.open = true; }
      field.focus();
    }

    function submit() {
      var button = leaving, hidden;
      if (button) {
        hidden = document.createElement("input");
        hidden.type = "hidden";
        hidden.name = button.name;
        hidden.value = button.value;
        form.insertBefore(hidden, form.elements.whole);
      }
      unsaved = refused = false;
      form.submit();
    }

    function changed() {
      unsaved = true;
      clearTimeout(timer);
      timer = setTimeout(send, 0);
    }

    function typing() {
      unsaved = true;
      say(form.getAttribute("data-unsaved"), true);
      clearTimeout(timer);
      timer = setTimeout(send, 1200);
    }

    form.addEventListener("change", function (event) {
      var question = event.target.closest && event.target.closest(".question");
      if (question && event.target.type === "radio") { question.querySelector(".clear").hidden = false; }
      if (question && kept()) { kept().changed(question); } else { changed(); }
    });
    form.addEventListener("input", function (event) {
      if (event.target.type !== "textarea") { return; }
      if (kept()) { kept().typed(event.target.closest(".question")); } else { typing(); }
    });
    retry.addEventListener("click", send);
    window.addEventListener("online", function () { if (unsaved) { send(); } });
    window.addEventListener("beforeunload", function (event) {
      if (unsaved || sending || refused && !window.keptAnswers) { event.preventDefault(); event.returnValue = ""; }
    });
    form.addEventListener("submit", function (event) {
      if (!event.submitter) { unsaved = sending = false; return; }
      event.preventDefault();
      if (event.submitter.name === "effacer") { clear(event.submitter); return; }
      if (kept()) { kept().leave(event.submitter); return; }
      leaving = event.submitter;
      unsaved = true;
      send();
    });

    function clear(button) {
      var question = button.closest(".question");
      Array.prototype.forEach.call(question.querySelectorAll("input[type=radio]"), function (choice) { choice.checked = false; });
      question.querySelector("input[type=radio]").focus();
      button.hidden = true;
      if (kept()) { kept().changed(question); } else { changed(); }
    }
  }

  /* What lets one answer without a network comes once the page is there: a page must not wait for it. */
  function keepOnDevice(kept) {
    var store = null;
    try { store = window.indexedDB; } catch (refused) { store = null; }
    if (!store || !window.caches || !navigator.serviceWorker || !window.Promise) { return; }
    kept.getAttribute("data-scripts").split(" ").forEach(function (address) {
      var script = document.createElement("script");
      script.src = address;
      script.async = false;
      document.head.appendChild(script);
    });
  }

  /* The script that counts comes with the first text that has a limit. */
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

  var form = document.getElementById("page"), kept = document.querySelector("[data-latest]"), problems = document.getElementById("problemes");
  if (problems) { problems.focus(); }
  copyAddress();
  if (form) {
    readAloud(form);
    countSigns();
    if (window.fetch && window.FormData && FormData.prototype.forEach) { saveAtOnce(form); }
  }
  if (kept) { window.addEventListener("load", function () { keepOnDevice(kept); }); }
}());
