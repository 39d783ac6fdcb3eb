/* Entering a sheet at the keyboard: one key per answer, then the next one by itself. Without it, the Tab key does. */
(function () {
  "use strict";
  var form = document.getElementById("feuille");
  if (!form) { return; }
  var number = form.elements.number, said = document.getElementById("number-dit"), send = document.getElementById("enregistrer");
  var answers = Array.prototype.slice.call(form.querySelectorAll(".key")), keys = form.dataset.keys.split(" ");
  var colleges = JSON.parse(form.dataset.colleges);
  var single = keys.every(function (key) { return key.length === 1; });

  function to(index) { (answers[index] || (index < 0 ? number : send)).focus(); }

  function typed(event) {
    var index = answers.indexOf(event.target), key = event.key.toUpperCase();
    if (event.ctrlKey || event.altKey || event.metaKey) { return; }
    if (event.key === "Enter") {
      event.preventDefault();
      to(index + 1);
    } else if (event.key === "ArrowLeft" || event.key === "ArrowUp" || (event.key === "Backspace" && !event.target.value)) {
      event.preventDefault();
      to(index - 1);
      if (event.key === "Backspace" && index > 0) { answers[index - 1].value = ""; }
    } else if (event.key === "ArrowRight" || event.key === "ArrowDown") {
      event.preventDefault();
      to(index + 1);
    } else if (single && key.length === 1) {
      event.preventDefault();
      if (keys.indexOf(key) >= 0) { event.target.value = key; event.target.removeAttribute("aria-invalid"); to(index + 1); }
    }
  }

  answers.forEach(function (field) {
    field.addEventListener("keydown", typed);
    field.addEventListener("focus", function () { field.select(); });
  });

  /* The letters of a number say for which college the sheet was printed. */
  function chooseCollege() {
    var letters = (/^[A-Za-z]+/.exec(number.value.trim()) || [""])[0].toUpperCase();
    if (colleges[letters]) { form.elements.college.value = colleges[letters]; }
  }

  function check() {
    if (!number.value.trim()) { said.textContent = ""; return; }
    var asked = "?numero=" + encodeURIComponent(number.value) + "&college=" + encodeURIComponent(form.elements.college.value);
    fetch(form.dataset.check + asked, { credentials: "same-origin", redirect: "error" })
      .then(function (answer) { return answer.json(); })
      .then(function (reply) {
        said.textContent = reply.taken ? form.dataset.taken : reply.problem;
        if (said.textContent) { number.setAttribute("aria-invalid", "true"); } else { number.removeAttribute("aria-invalid"); }
      })
      .catch(function () { /* the server checks again when the sheet is sent */ });
  }

  number.addEventListener("change", function () { chooseCollege(); check(); });
  form.elements.college.addEventListener("change", check);
  number.addEventListener("keydown", function (event) {
    if (event.key === "Enter") { event.preventDefault(); to(0); }
  });
  if (number.value) { check(); }
  if (form.querySelector("[aria-invalid]")) { form.querySelector("[aria-invalid]").focus(); } else { number.focus(); number.select(); }
})();
