/**
 * A page of questions, or the review, that goes on without a network: every change is first kept on this device, then
 * sent. Brought after the page by respond.js, which does the work where the browser lacks something that this needs.
 */

import { giveBack } from "./offline/give_back.js";
import { fetchKit } from "./offline/kit.js";
import { pending } from "./offline/merge.js";
import { address, forgetOthers, mirror, read, record, remember } from "./offline/outbox.js";
import {
  destination,
  form,
  isFromDevice,
  isPage,
  isWaiting,
  questions,
  say,
  sayKept,
  showOwnSteps,
  showRefusals,
} from "./offline/page.js";
import { codeOf, fieldsOf, forgive, isAhead, isTyped, mark, show } from "./offline/questions.js";
import { registered } from "./offline/registration.js";
import { showReview } from "./offline/review.js";
import { Sender } from "./offline/sender.js";
import { find, said } from "./page/elements.js";
import { holdBack, showFirstProblem } from "./page/forms.js";
import { showSteps } from "./page/steps.js";

/** @typedef {import("./offline/merge.js").Kept} Kept */
/** @typedef {import("./offline/merge.js").KeptAnswer} KeptAnswer */
/** @typedef {import("./offline/merge.js").Reply} Reply */

/** How long the server is waited for before a page is left without it, in milliseconds. */
const PATIENCE = 5000;

const key = location.pathname.split("/")[2] || "";
/** The codes of each page, by its number. @type {Record<string, string[]>} */
let pages = {};
/** How many changes are being written on this device. */
let unkept = 0;
/** The text that somebody is typing, kept when they stop. @type {number | null} */
let typing = null;
/** @type {Promise<unknown>} */
let keeping = Promise.resolve();
/** @type {Sender} */
let sender;

/**
 * @param {Reply} reply
 * @param {boolean} more
 */
function heard(reply, more) {
  if (reply.submitted) {
    location.assign(reply.end);
    return;
  }
  showRefusals(reply.problems);
  if (!more && isPage) {
    showSaved(reply);
  } else if (!more) {
    say("", false);
  }
}

/** @param {Reply} reply */
function showSaved(reply) {
  showSteps(form, reply.steps, pages);
  if (typing !== null) {
    return;
  }
  say(reply.status, reply.problems.length > 0);
  if (reply.problems.length) {
    return;
  }
  for (const question of questions()) {
    const fields = reply.answers[codeOf(question)];
    if (fields) {
      show(question, fields);
    }
  }
}

const listener = {
  heard,
  failed: sayKept,
  gone: () => {
    location.assign(address(key, "fin", location.search));
  },
  isWaiting,
  refused: (/** @type {Kept} */ kept) => {
    unkept = 0;
    giveBack(key, kept);
  },
};

/* ---- What a person does ---- */

/** @param {Element} question */
function changed(question) {
  forgive(question);
  return keep(question).then(() => sender.sync());
}

/** @param {Element} question */
function typed(question) {
  forgive(question);
  say(said(form, "unsaved"), true);
  clearTimeout(typing || undefined);
  typing = window.setTimeout(changed, 800, question);
}

/** Nothing on the page is left behind, whatever was typed before this script was there. */
function keepAll() {
  return Promise.all([keeping].concat(questions().filter(isTyped).map(keep)));
}

/**
 * @param {Element} question
 * @returns {Promise<unknown>}
 */
function keep(question) {
  unkept += 1;
  clearTimeout(typing || undefined);
  typing = null;
  mark(question);
  keeping = record(key, codeOf(question), fieldsOf(question)).then(
    () => {
      unkept -= 1;
      if (sender.failing || !navigator.onLine) {
        sayKept();
      } else {
        say(said(form, "saving"), true);
      }
      read(key).then((kept) => {
        showOwnSteps(kept.answers, pages);
      });
    },
    () => {
      handBack(question);
    },
  );
  return keeping;
}

/**
 * The device keeps nothing (any more): respond.js saves, as it does where there is no store.
 * @param {Element} question
 */
function handBack(question) {
  unkept = 0;
  window.keptAnswers = null;
  question.dispatchEvent(new Event("change", { bubbles: true }));
}

/** @param {HTMLButtonElement} button */
function leave(button) {
  const there = destination(button.value);
  const longest = sender.failing || !navigator.onLine ? 0 : PATIENCE;
  const patience = new Promise((resolve) => {
    setTimeout(resolve, longest);
  });
  keepAll()
    .then(() => {
      if (find("[aria-invalid]", HTMLElement, form)) {
        sender.asking = true;
      }
      return Promise.race([sender.sync(), patience]);
    })
    .then(() => {
      if (!showFirstProblem(form) && !unkept) {
        location.assign(there);
      }
    });
}

/** @param {Event} event */
function submit(event) {
  event.preventDefault();
  remember(key, { submit: true })
    .then(() => sender.sync())
    .then((reply) => {
      if (sender.failing) {
        say(said(form, "later"), true);
      } else if (reply && !reply.submitted && !reply.problems.length) {
        form.submit();
      }
    });
}

/* ---- Beginning ---- */

function start() {
  return forgetOthers(key)
    .then(() => read(key))
    .then((kept) => (kept.response?.pages ? kept : fetchKit(key).then(() => read(key))))
    .then((kept) => {
      pages = kept.response?.pages || {};
      return remember(key, { wording: location.search, place: location.href }).then(() => {
        take(kept);
      });
    });
}

/** @param {Kept} kept */
function take(kept) {
  const own = kept.answers.filter((answer) => isFromDevice || !answer.saved);
  if (isPage) {
    takePage(kept, own);
  } else {
    takeReview(kept, own);
  }
  window.addEventListener("online", () => {
    sender.patience.reset();
    sender.sync();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && sender.failing) {
      sender.sync();
    }
  });
  holdBack(() => unkept > 0 || typing !== null);
  if (isFromDevice) {
    sayKept();
  }
  if (isFromDevice || kept.response?.submit || pending(kept).length) {
    sender.sync();
  }
}

/**
 * @param {Kept} kept
 * @param {KeptAnswer[]} own
 */
function takePage(kept, own) {
  const ahead = isFromDevice ? [] : questions().filter(isAhead);
  questions().forEach(mark);
  mirror(key, fill(own, ahead), Number(said(form, "latest")));
  if (isFromDevice || own.length) {
    showOwnSteps(kept.answers, pages);
  }
  if (own.some((answer) => !answer.saved)) {
    sender.asking = true;
    say(said(form, "saving"), true);
    sender.sync();
  }
  window.keptAnswers = { changed, typed, leave };
  if (ahead.length) {
    Promise.all(ahead.map(keep)).then(() => sender.sync());
  }
}

/**
 * Show what this device holds, but in the questions where more was typed. Gives the fields of those of which it holds
 * nothing, as the server filled them.
 * @param {KeptAnswer[]} own
 * @param {HTMLElement[]} ahead
 * @returns {Record<string, import("./offline/merge.js").Fields>}
 */
function fill(own, ahead) {
  /** @type {Record<string, import("./offline/merge.js").Fields>} */
  const fromServer = {};
  for (const question of questions().filter((one) => ahead.indexOf(one) < 0)) {
    const code = codeOf(question);
    const answer = own.filter((one) => one.code === code)[0];
    if (answer || isFromDevice) {
      show(question, answer ? answer.fields : {});
    } else {
      fromServer[code] = fieldsOf(question);
    }
  }
  return fromServer;
}

/**
 * @param {Kept} kept
 * @param {KeptAnswer[]} own
 */
function takeReview(kept, own) {
  if (own.length) {
    showReview(form, own);
  }
  form.addEventListener("submit", submit);
  if (kept.response?.submit) {
    say(said(form, "later"), true);
  }
}

registered()
  .then((registration) => {
    sender = new Sender(key, registration, listener, isFromDevice);
    return start();
  })
  .then(() => {
    form.setAttribute("data-ready", "");
  })
  .catch(() => {
    // Without a worker or a store, respond.js goes on saving as it does.
  });
