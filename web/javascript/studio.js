/** Says beside each field of the studio what is to correct in it, as somebody types; without it, saving says the same. */

import { all, find, need, said } from "./page/elements.js";

const PAUSE = 700;

/**
 * @typedef {{words: string, blocking: boolean}} Remark
 * @typedef {{fields: Record<string, Remark[]>, errors: number, remarks: number}} Remarks
 */

/**
 * @param {HTMLElement} list
 * @param {Remark[]} remarks
 */
function show(list, remarks) {
  const items = remarks.map((one) => {
    const item = document.createElement("li");
    item.textContent = one.words;
    item.className = one.blocking ? "bad" : "";
    return item;
  });
  // Left alone when nothing changed: a screen reader would say it again.
  if (list.textContent !== items.map((one) => one.textContent).join("")) {
    list.replaceChildren(...items);
  }
}

class Sheet {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.address = said(form, "remarksAt");
    this.timer = 0;
    /** How many times remarks were asked for: an older reply says nothing any more. */
    this.asked = 0;
  }

  start() {
    this.form.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.ask(), PAUSE);
    });
  }

  async ask() {
    this.asked += 1;
    const turn = this.asked;
    try {
      const reply = await fetch(this.address, { method: "POST", body: new FormData(this.form) });
      if (reply.ok && turn === this.asked) {
        this.tell(await reply.json());
      }
    } catch {
      // Without a network, saving will say the same.
    }
  }

  /** @param {Remarks} remarks */
  tell(remarks) {
    for (const list of all("[data-remarks]", HTMLElement, this.form)) {
      show(list, remarks.fields[said(list, "remarks")] || []);
    }
    const total = find("[data-remarks-total]", HTMLElement, this.form);
    if (total) {
      const words = remarks.errors > 1 ? "many" : remarks.errors ? "one" : "none";
      total.textContent = said(total, words).replace("{n}", String(remarks.errors));
    }
  }
}

/**
 * A table pasted from a word processor comes as HTML too, where its cells and lines are certain: it is sent with the text.
 * @param {HTMLFormElement} form
 */
function keepPastedTable(form) {
  const text = need("textarea", HTMLTextAreaElement, form);
  const kept = need("[name=html]", HTMLInputElement, form);
  text.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html") || "";
    // Beside other words, or without a table, what is read is what shows.
    kept.value = text.value.trim() === "" && /<table/i.test(html) ? html : "";
  });
  text.addEventListener("input", (event) => {
    if (!(event instanceof InputEvent && event.inputType === "insertFromPaste")) {
      kept.value = "";
    }
  });
}

for (const form of all("form[data-paste]", HTMLFormElement)) {
  keepPastedTable(form);
}
for (const form of all("form[data-remarks-at]", HTMLFormElement)) {
  new Sheet(form).start();
}
