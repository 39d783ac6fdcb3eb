/** Entering a sheet at the keyboard: one key per answer, then the next one by itself. Without it, the Tab key does. */

import { all, find, need, said } from "./page/elements.js";

class Sheet {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.number = need("[name=number]", HTMLInputElement, form);
    this.college = need("[name=college]", HTMLSelectElement, form);
    this.verdict = need("#number-dit", HTMLElement, form);
    this.send = need("#enregistrer", HTMLButtonElement, form);
    this.answers = all(".key", HTMLInputElement, form);
    this.keys = said(form, "keys").split(" ");
    /** Whether each answer is one key. */
    this.isQuick = this.keys.every((key) => key.length === 1);
    /** The college of each prefix of numbers. @type {Record<string, string>} */
    this.colleges = JSON.parse(said(form, "colleges"));
    /** How many times the number was checked: an older reply says nothing any more. */
    this.checks = 0;
  }

  start() {
    this.answers.forEach((field, index) => {
      field.addEventListener("keydown", (event) => this.pressed(event, field, index));
      field.addEventListener("focus", () => field.select());
    });
    this.number.addEventListener("change", () => {
      this.chooseCollege();
      this.check();
    });
    this.college.addEventListener("change", () => this.check());
    this.number.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        this.to(0);
      }
    });
    if (this.number.value) {
      this.check();
    }
    (find("[aria-invalid]", HTMLElement, this.form) || this.number).focus();
    if (document.activeElement === this.number) {
      this.number.select();
    }
  }

  /** @param {number} index */
  to(index) {
    const other = index < 0 ? this.number : this.send;
    (this.answers[index] || other).focus();
  }

  /**
   * @param {KeyboardEvent} event
   * @param {HTMLInputElement} field
   * @param {number} index
   */
  pressed(event, field, index) {
    if (event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    const isErasing = event.key === "Backspace" && !field.value;
    if (["Enter", "ArrowRight", "ArrowDown"].indexOf(event.key) >= 0) {
      event.preventDefault();
      this.to(index + 1);
    } else if (["ArrowLeft", "ArrowUp"].indexOf(event.key) >= 0 || isErasing) {
      event.preventDefault();
      this.back(index, isErasing);
    } else if (this.isQuick && event.key.length === 1) {
      event.preventDefault();
      this.answer(event.key.toUpperCase(), field, index);
    }
  }

  /**
   * @param {number} index
   * @param {boolean} isErasing whether the answer before is erased
   */
  back(index, isErasing) {
    const before = this.answers[index - 1];
    if (isErasing && before) {
      before.value = "";
    }
    this.to(index - 1);
  }

  /**
   * @param {string} key
   * @param {HTMLInputElement} field
   * @param {number} index
   */
  answer(key, field, index) {
    const own = field.dataset.keys;
    if ((own ? own.split(" ") : this.keys).indexOf(key) >= 0) {
      field.value = key;
      field.removeAttribute("aria-invalid");
      this.to(index + 1);
    }
  }

  /** The letters of a number say for which college the sheet was printed. */
  chooseCollege() {
    const letters = /^[A-Za-z]+/.exec(this.number.value.trim());
    const college = letters && this.colleges[letters[0].toUpperCase()];
    if (college) {
      this.college.value = college;
    }
  }

  /** Say at once whether a sheet of that number was entered already. */
  check() {
    this.checks += 1;
    const { checks } = this;
    if (!this.number.value.trim()) {
      this.verdict.textContent = "";
      return;
    }
    const asked = `?numero=${encodeURIComponent(this.number.value)}&college=${encodeURIComponent(this.college.value)}`;
    fetch(said(this.form, "check") + asked, { credentials: "same-origin", redirect: "error" })
      .then((answer) => answer.json())
      .then((/** @type {{ taken: boolean, problem: string }} */ reply) => {
        if (checks === this.checks) {
          this.judge(reply.taken ? said(this.form, "taken") : reply.problem);
        }
      })
      .catch(() => {
        // The server checks again when the sheet is sent.
      });
  }

  /** @param {string} problem empty when the number is right */
  judge(problem) {
    this.verdict.textContent = problem;
    if (problem) {
      this.number.setAttribute("aria-invalid", "true");
    } else {
      this.number.removeAttribute("aria-invalid");
    }
  }
}

const form = find("#feuille", HTMLFormElement);
if (form) {
  new Sheet(form).start();
}
