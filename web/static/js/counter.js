/* Says how much room is left in a text that has a limit, before it is reached; nothing is ever cut. Asked for by the
   pages when someone comes to such a text. Written for old browsers too (ES5). */
(function () {
  "use strict";
  var timer = null;

  /* Signs as the server counts them: a letter outside the basic plane is one. */
  function room(field) {
    var text = field.value.trim().replace(/\r\n/g, "\n").replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g, "_");
    return Number(field.getAttribute("data-limit")) - text.length;
  }

  function place(field) {
    var found = field.parentNode.querySelector(".room");
    if (!found) {
      found = document.createElement("p");
      found.className = "hint room";
      found.setAttribute("role", "status");
      field.parentNode.insertBefore(found, field.nextSibling);
    }
    return found;
  }

  /* A tenth of the limit: a name of sixty signs and a note of twenty thousand are not near it at the same distance. */
  function near(field) { return Math.min(200, Math.max(15, Number(field.getAttribute("data-limit")) / 10)); }

  /* The words stand on the form, or on this script's own tag. */
  function words(field, left) {
    var name = left < 0 ? "data-over" : "data-left", said = field.form.getAttribute("data-over") ? field.form : document.querySelector("script[data-over]");
    return left > near(field) ? "" : said.getAttribute(name).replace("{n}", Math.abs(left));
  }

  function show(field) {
    var left = room(field), said = place(field), text = words(field, left);
    said.classList.toggle("error", left < 0);
    /* Said once somebody stops typing: a screen reader must not count every letter. */
    clearTimeout(timer);
    timer = setTimeout(function () { if (said.textContent !== text) { said.textContent = text; } }, left < 0 ? 0 : 400);
  }

  function shown(event) { if (event.target.getAttribute && event.target.getAttribute("data-limit")) { show(event.target); } }
  document.addEventListener("input", shown);
  document.addEventListener("focusin", shown);
  Array.prototype.forEach.call(document.querySelectorAll("[data-limit]"), function (field) { if (room(field) <= near(field)) { show(field); } });
}());
