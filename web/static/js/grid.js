// Searches the grid while one types, as the server does: every word, whatever its accents and capitals.
(function () {
  "use strict";
  var field = document.getElementById("q");
  var status = document.getElementById("trouves");
  // The page of a search holds only what was found: the server searches again.
  if (!field || field.value) return;

  function folded(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "")
      .toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/’/g, "'");
  }

  var skills = Array.prototype.map.call(document.querySelectorAll(".skill"), function (skill) {
    var family = skill.closest(".grid-family");
    var text = [skill.id, family.querySelector("h2 .family").lastChild.textContent, skill.querySelector("h3").firstChild.textContent];
    skill.querySelectorAll(":scope > p, dd, .skill-aside p, .skill-aside li").forEach(function (part) {
      text.push(part.textContent);
    });
    return { element: skill, family: family, text: folded(text.join(" ")) };
  });
  var others = document.querySelectorAll(".grid-levels, #versions");

  function search() {
    var words = folded(field.value).split(/\s+/).filter(Boolean);
    var found = 0;
    var families = new Map();
    skills.forEach(function (skill) {
      var shown = words.every(function (word) { return skill.text.indexOf(word) >= 0; });
      skill.element.hidden = !shown;
      families.set(skill.family, families.get(skill.family) || shown);
      found += shown ? 1 : 0;
    });
    families.forEach(function (shown, family) { family.hidden = !shown; });
    others.forEach(function (part) { part.hidden = words.length > 0; });
    say(words.length ? found : null);
    document.body.dataset.searched = field.value;
  }

  function say(found) {
    var words = status.dataset;
    status.textContent = found === null ? "" : found === 0 ? words.none : found === 1 ? words.one : words.many.replace("{n}", found);
  }

  var waiting;
  field.addEventListener("input", function () {
    clearTimeout(waiting);
    waiting = setTimeout(search, 80);
  });
  field.form.addEventListener("submit", function (event) {
    event.preventDefault();
    search();
  });
}());
