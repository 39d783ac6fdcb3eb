/**
 * The script of a session: its parts and slides are dragged where they go. The buttons of each row do the same without
 * this script; with it, the button that was pressed has the focus again when the page is back.
 */

import { all, find, need, origin, sender } from "./page/elements.js";
import { recall, remember } from "./page/storage.js";

/** Under which name the browser keeps the button that was pressed. */
const PRESSED = "grille-arranging";

const rows = () => all(".part, .sequence > li", HTMLElement);
const form = find("#deposer", HTMLFormElement);
/** The row that is dragged. */
let dragged = "";

/**
 * The key of the row before which something dropped here goes; "" at the end.
 * @param {HTMLElement} row
 * @param {DragEvent} event
 * @returns {string}
 */
function targetOf(row, event) {
  const box = row.getBoundingClientRect();
  if (event.clientY < box.top + Math.min(box.height, 60) / 2) {
    return row.id;
  }
  const known = rows();
  const next = known[known.indexOf(row) + 1];
  return next ? next.id : "";
}

/**
 * @param {Event} event
 * @returns {HTMLElement | null}
 */
function rowOf(event) {
  const row = origin(event).closest(".sequence > li, .part");
  return row instanceof HTMLElement ? row : null;
}

function clear() {
  for (const row of all(".drop-here", HTMLElement)) {
    row.classList.remove("drop-here");
  }
}

/** @param {DragEvent} event */
function over(event) {
  const row = rowOf(event);
  if (!dragged || !row) {
    return;
  }
  event.preventDefault();
  clear();
  document.getElementById(targetOf(row, event))?.classList.add("drop-here");
}

/** @param {DragEvent} event */
function drop(event) {
  const row = rowOf(event);
  if (!dragged || !row || !form) {
    return;
  }
  event.preventDefault();
  need("[name=key]", HTMLInputElement, form).value = dragged;
  need("[name=before]", HTMLInputElement, form).value = targetOf(row, event);
  dragged = "";
  form.submit();
}

/** @param {HTMLElement} row */
function addHandle(row) {
  const handle = document.createElement("span");
  handle.className = "handle";
  handle.textContent = "⠿";
  handle.draggable = true;
  handle.setAttribute("aria-hidden", "true");
  handle.addEventListener("dragstart", (event) => {
    dragged = row.id;
    event.dataTransfer?.setData("text/plain", row.id);
    event.dataTransfer?.setDragImage(row, 0, 0);
  });
  handle.addEventListener("dragend", () => {
    dragged = "";
    clear();
  });
  need("form", HTMLFormElement, row).prepend(handle);
}

/** Give the focus back to the button that was pressed, or to the first of its row when it can no longer be. */
function refocus() {
  const [key, act] = (recall("sessionStorage", PRESSED) || "").split(" ");
  remember("sessionStorage", PRESSED, null);
  const row = key && document.getElementById(key);
  if (row) {
    const button = find(`button[value="${act}"]:not([disabled])`, HTMLButtonElement, row);
    (button || find("button:not([disabled])", HTMLButtonElement, row))?.focus({ preventScroll: true });
  }
}

if (form) {
  for (const row of rows()) {
    addHandle(row);
  }
  document.addEventListener("dragover", over);
  document.addEventListener("drop", drop);
  document.addEventListener("submit", (event) => {
    const row = rowOf(event);
    const button = sender(event);
    if (row && button) {
      remember("sessionStorage", PRESSED, `${row.id} ${button.value}`);
    }
  });
  // The browser goes to the place that the address names once the page is loaded, and takes the focus away then.
  window.addEventListener("load", () => setTimeout(refocus));
}
