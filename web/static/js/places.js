/* The official list as one types. Without this file the search button does the same. */
(function () {
  "use strict";
  var field = document.getElementById("q"), form = document.getElementById("lieux");
  if (!field || !form || !window.fetch) { return; }
  var box = form.querySelector(".places"), options = form.querySelector(".options"), none = form.querySelector(".none");
  var status = form.querySelector("[role=status]"), timer = null, asked = 0;

  function option(place) {
    var label = document.createElement("label"), radio = document.createElement("input"), words = document.createElement("span");
    var name = document.createElement("b"), more = document.createElement("span");
    radio.type = "radio"; radio.name = "code"; radio.value = place.code;
    name.textContent = place.label; more.textContent = place.more; more.className = "muted";
    words.append(name, " ", more);
    label.append(radio, " ", words);
    return label;
  }

  function show(places) {
    options.replaceChildren.apply(options, places.map(option));
    if (places.length === 1) { options.querySelector("input").checked = true; }
    box.hidden = !places.length;
    none.hidden = places.length > 0 || !field.value.trim();
    status.textContent = none.hidden ? status.dataset.count.replace("{n}", places.length) : form.dataset.none;
    form.elements.q.value = field.value;
  }

  function ask() {
    var number = ++asked;
    fetch(form.dataset.source + "?q=" + encodeURIComponent(field.value), { credentials: "same-origin" })
      .then(function (answer) { return answer.ok ? answer.json() : []; })
      .then(function (places) { if (number === asked) { show(places); } })
      .catch(function () { /* the button still works */ });
  }

  field.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(ask, 150); });
})();
