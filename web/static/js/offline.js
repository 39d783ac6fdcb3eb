/* A page of questions, or the review, that goes on without a network: every change is first kept on this device, then sent.
   Loaded after the page by respond.js, which does the work where the browser lacks something that this needs. */
(function () {
  "use strict";

  const form = document.querySelector("form[data-latest]"), status = form.querySelector(".status"), words = form.dataset;
  const key = location.pathname.split("/")[2], isPage = form.id === "page";
  const fromDevice = document.documentElement.hasAttribute("data-kept");
  let registration = null, questions = {}, sending = null, failing = false, asking = fromDevice;
  let delay = 0, timer = null, unkept = 0, typing = null, keeping = Promise.resolve();

  const every = function (nodes, use) { Array.prototype.forEach.call(nodes, use); };

  function say(text, waiting) {
    status.textContent = text;
    status.className = waiting ? "status waiting alone" : "status";
  }

  function sayKept() { say(navigator.onLine ? words.unreachable : words.kept, true); }

  /* ---- The form of a page, and the device's answers in it ---- */

  function fieldsOf(question) {
    const fields = {};
    every(question.querySelectorAll("input[name], select[name], textarea[name]"), function (input) {
      if (input.type !== "radio" || input.checked) { fields[input.name] = input.value; }
      else if (!(input.name in fields)) { fields[input.name] = ""; }
    });
    return fields;
  }

  /* What a page showed of each question when it was last in step with this device: another text was typed since. */
  const inStep = {};
  function mark(question) { inStep[codeOf(question)] = JSON.stringify(fieldsOf(question)); }
  function isTyped(question) { return inStep[codeOf(question)] !== JSON.stringify(fieldsOf(question)); }

  /* Typed while this was loading, or given back by the server because it could not be saved. */
  function isAhead(question) {
    const inputs = Array.prototype.slice.call(question.querySelectorAll("input, select, textarea"));
    return Boolean(question.querySelector("[aria-invalid]")) || inputs.some(function (input) {
      if (input.type === "radio") { return input.checked !== input.defaultChecked; }
      if (input.type === "select-one") { return Array.prototype.some.call(input.options, function (one) { return one.defaultSelected !== one.selected && one.value; }); }
      return input.value !== input.defaultValue;
    });
  }

  function codeOf(question) { return question.id.replace("question-", ""); }

  function show(question, fields) {
    every(question.querySelectorAll("input[name], select[name], textarea[name]"), function (input) {
      const text = fields[input.name] || "";
      if (input.type === "radio") { input.checked = text !== "" && input.value === text; }
      else if (input !== document.activeElement || input.value === input.defaultValue || input.type === "select-one") { input.value = text; }
    });
    mark(question);
    const clear = question.querySelector(".clear");
    if (clear) { clear.hidden = !question.querySelector("input[type=radio]:checked"); }
    every(question.querySelectorAll("details.comment"), function (details) {
      if (details.querySelector("textarea").value) { details.open = true; }
    });
  }

  function isAnswered(answer) { return Boolean(answer && answer.fields["q_" + answer.code]); }

  function showSteps(counts) {
    every(form.querySelectorAll(".step"), function (step) {
      const count = counts[step.value], all = (questions[step.value] || []).length, said = step.querySelectorAll("span")[1];
      if (count === undefined) { return; }
      step.classList.toggle("all", count > 0 && count === all);
      step.classList.toggle("some", count > 0 && count < all);
      said.textContent = said.textContent.replace(/\d+(?=\s+sur)/, count);
    });
  }

  function ownSteps(answers) {
    const counts = {};
    Object.keys(questions).forEach(function (number) {
      counts[number] = answers.filter(function (answer) { return questions[number].indexOf(answer.code) >= 0 && isAnswered(answer); }).length;
    });
    return counts;
  }

  /* ---- Sending ---- */

  function sync() {
    if (sending) { sending.more = true; return sending.done; }
    clearTimeout(timer);
    const own = sending = { more: false, done: null };
    own.done = outbox.send(key, asking).then(function (reply) {
      sending = null;
      if (!reply) { return nothingToSend(own.more); }
      failing = asking = false;
      delay = 0;
      return acknowledged(reply, own.more);
    }, function (problem) {
      sending = null;
      return refused(problem, own.more);
    });
    return own.done;
  }

  /* Nothing waits. Nothing at all here any more: another tab, or the worker, has sent this response and wiped it. What
     this page still says is waiting was sent by them too, or just before: ask the server how things stand. */
  function nothingToSend(more) {
    return outbox.read(key).then(function (found) {
      if (!found.response) { location.assign(outbox.address(key, "fin", location.search)); return null; }
      asking = more || status.classList.contains("waiting");
      return asking ? sync() : null;
    });
  }

  function acknowledged(reply, more) {
    if (reply.submitted) { location.assign(reply.end); return reply; }
    showProblems(reply.problems);
    if (more) { asking = true; return sync(); }
    if (isPage) { showSaved(reply); } else { say("", false); }
    return reply;
  }

  function showSaved(reply) {
    showSteps(reply.steps);
    if (typing) { return; }
    say(reply.status, reply.problems.length > 0);
    if (reply.problems.length) { return; }
    every(form.querySelectorAll(".question"), function (question) {
      const fields = reply.answers[codeOf(question)];
      if (fields) { show(question, fields); }
    });
  }

  function refused(problem, more) {
    if ([404, 409, 410].indexOf(problem.status) >= 0) {
      unkept = 0;
      return outbox.read(key).then(function (found) { outbox.tell(key, found); });
    }
    failing = true;
    sayKept();
    delay = Math.min(30000, delay ? delay * 2 : 2000);
    timer = setTimeout(sync, more ? 0 : delay);
    if (registration.sync) { registration.sync.register("envoi").catch(function () {}); }
    return null;
  }

  function showProblems(problems) {
    every(document.querySelectorAll("#elsewhere"), function (old) { old.remove(); });
    every(form.querySelectorAll(".error"), function (place) { place.textContent = ""; });
    every(form.querySelectorAll("[aria-invalid]"), function (field) { field.removeAttribute("aria-invalid"); });
    problems.forEach(function (problem) {
      const field = document.getElementById(problem.field), place = document.getElementById(problem.field + "-erreur");
      if (place) { place.textContent = problem.sentence; }
      if (field) { field.setAttribute("aria-invalid", "true"); }
    });
    const others = problems.filter(function (problem) { return problem.there && !document.getElementById(problem.field); });
    if (others.length) { tellElsewhere(others); }
  }

  function tellElsewhere(problems) {
    const box = document.createElement("div");
    box.id = "elsewhere";
    box.className = "problems";
    box.setAttribute("role", "alert");
    problems.forEach(function (problem) {
      const link = document.createElement("a");
      link.href = problem.there;
      link.textContent = problem.said;
      box.appendChild(document.createElement("p")).appendChild(link);
    });
    form.parentNode.insertBefore(box, form);
  }

  /* ---- What a person does ---- */

  function changed(question) {
    forgive(question);
    return keep(question).then(sync);
  }

  /* What was refused is being corrected: it is judged again when it is sent. */
  function forgive(question) {
    every(question.querySelectorAll("[aria-invalid]"), function (field) {
      field.removeAttribute("aria-invalid");
      const place = document.getElementById(field.name + "-erreur");
      if (place) { place.textContent = ""; }
    });
  }

  /* Nothing on the page is left behind, whatever was typed before this file was there. */
  function keepAll() {
    const left = Array.prototype.filter.call(form.querySelectorAll(".question"), isTyped);
    return Promise.all([keeping].concat(left.map(keep)));
  }

  function keep(question) {
    unkept += 1;
    clearTimeout(typing);
    typing = null;
    mark(question);
    keeping = outbox.record(key, codeOf(question), fieldsOf(question)).then(function () {
      unkept -= 1;
      if (failing || !navigator.onLine) { sayKept(); } else { say(words.saving, true); }
      outbox.read(key).then(function (found) { showSteps(ownSteps(found.answers)); });
    }, function () { giveBack(question); });
    return keeping;
  }

  /* The device keeps nothing (any more): respond.js saves, as it does where there is no store. */
  function giveBack(question) {
    unkept = 0;
    window.keptAnswers = null;
    question.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function typed(question) {
    forgive(question);
    say(words.unsaved, true);
    clearTimeout(typing);
    typing = setTimeout(changed, 800, question);
  }

  function leave(button) {
    const there = destination(button.name, button.value);
    const patience = new Promise(function (resolve) { setTimeout(resolve, failing || !navigator.onLine ? 0 : 5000); });
    keepAll().then(function () {
      if (form.querySelector("[aria-invalid]")) { asking = true; }
      return Promise.race([sync(), patience]);
    }).then(function () {
      const refused = form.querySelector("[aria-invalid]");
      if (refused) { correct(refused); } else if (!unkept) { location.assign(there); }
    });
  }

  /* A page whose last save was refused is not left: the text is shown, with what is wrong beside it. */
  function correct(field) {
    const details = field.closest("details");
    if (details) { details.open = true; }
    field.focus();
  }

  function destination(name, value) {
    const number = Number(location.pathname.split("/")[3]), wording = location.search;
    if (value === "lecture") { return number + (wording ? "" : "?lecture=facile"); }
    if (value === "suite") { return (number < Number(words.pages) ? number + 1 : "relecture") + wording; }
    return value + wording;
  }

  /* ---- The review ---- */

  function review(answers) {
    const labels = JSON.parse(document.getElementById("labels").textContent);
    answers.forEach(function (answer) {
      const place = document.querySelector('.said[data-code="' + answer.code + '"] dd');
      if (!place) { return; }
      every(place.querySelectorAll("b, span:not(.unseen), q"), function (old) { old.remove(); });
      const value = answer.fields["q_" + answer.code], said = document.createElement(value ? "b" : "span");
      said.className = value ? "" : "none";
      said.textContent = value ? labels[value] : words.silence;
      place.insertBefore(said, place.firstChild);
      Object.keys(answer.fields).forEach(function (name) {
        const text = answer.fields[name], isBefore = name.split(":")[1] === "before";
        if (name === "q_" + answer.code || !text) { return; }
        place.appendChild(document.createElement(isBefore ? "span" : "q")).textContent = isBefore ? labels.before + " " + labels[text] : text;
      });
    });
    document.querySelector("main .lead").textContent = words.own;
  }

  function submit(event) {
    event.preventDefault();
    outbox.remember(key, { submit: true }).then(function () { return sync(); }).then(function (reply) {
      if (failing) { say(words.later, true); }
      else if (reply && !reply.submitted && !reply.problems.length) { form.submit(); }
    });
  }

  /* ---- Beginning ---- */

  function start() {
    return outbox.forgetOthers(key).then(function () { return outbox.read(key); }).then(function (found) {
      if (!found.response || !found.response.pages) { return fetchKit().then(function () { return outbox.read(key); }); }
      return found;
    }).then(function (found) {
      questions = found.response.pages;
      return outbox.remember(key, { wording: location.search }).then(function () { return take(found); });
    });
  }

  function take(found) {
    const own = found.answers.filter(function (answer) { return fromDevice || !answer.saved; });
    if (isPage) { takePage(found, own); } else { takeReview(found, own); }
    window.addEventListener("online", function () { delay = 0; sync(); });
    document.addEventListener("visibilitychange", function () { if (!document.hidden && failing) { sync(); } });
    window.addEventListener("beforeunload", function (event) { if (unkept || typing) { event.preventDefault(); event.returnValue = ""; } });
    if (fromDevice) { failing = true; sayKept(); }
    if (fromDevice || found.response.submit || outbox.pending(found).length) { sync(); }
  }

  function takePage(found, own) {
    const fields = {}, ahead = [];
    every(form.querySelectorAll(".question"), function (question) {
      const code = codeOf(question), answer = own.filter(function (one) { return one.code === code; })[0];
      mark(question);
      if (!fromDevice && isAhead(question)) { ahead.push(question); }
      else if (answer) { show(question, answer.fields); } else if (fromDevice) { show(question, {}); } else { fields[code] = fieldsOf(question); }
    });
    if (fromDevice || own.length) { showSteps(ownSteps(found.answers)); }
    if (own.some(function (answer) { return !answer.saved; })) { asking = true; say(words.saving, true); sync(); }
    outbox.mirror(key, fields, Number(words.latest));
    window.keptAnswers = { changed: changed, typed: typed, leave: leave };
    if (ahead.length) { Promise.all(ahead.map(keep)).then(sync); }
  }

  function takeReview(found, own) {
    if (own.length) { review(own); }
    form.addEventListener("submit", submit);
    if (found.response.submit) { say(words.later, true); }
  }

  /* Everything that is needed to go on, in one request: into a cache of this response's own, which is wiped with it. */
  function fetchKit() {
    return fetch(outbox.address(key, "trousse", location.search), { headers: { "Accept": "application/json" } }).then(function (answer) {
      if (!answer.ok) { throw new Error("no kit"); }
      const policy = answer.headers.get("Content-Security-Policy");
      return answer.json().then(function (kit) {
        return cached(kit, policy).then(function () {
          return outbox.remember(key, { offset: kit.now - Date.now(), latest: kit.latest, pages: kit.questions });
        }).then(function () { return outbox.mirror(key, kit.answers, kit.latest); });
      });
    });
  }

  function cached(kit, policy) {
    const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy, "Referrer-Policy": "no-referrer" };
    return caches.open("reponse-" + key).then(function (cache) {
      const pages = Object.keys(kit.pages).map(function (path) {
        return cache.put(path, new Response(kit.pages[path].replace("<html", "<html data-kept"), { headers: headers }));
      });
      return Promise.all(pages.concat(cache.addAll(kit.files)));
    });
  }

  /* The worker serves this page's next ones only once it has taken charge of it. */
  function inCharge() {
    return new Promise(function (resolve) {
      if (navigator.serviceWorker.controller) { resolve(); }
      navigator.serviceWorker.addEventListener("controllerchange", resolve);
    });
  }

  navigator.serviceWorker.register("/repondre/hors-connexion.js", { scope: "/repondre/" }).then(function (own) {
    registration = own;
    return inCharge();
  }).then(start).then(function () {
    form.setAttribute("data-ready", "");
  }).catch(function () { /* Without a worker or a store, respond.js goes on saving as it does. */ });
}());
