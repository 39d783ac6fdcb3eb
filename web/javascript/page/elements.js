/** Finding the elements of a page, each with the class that it must have. */

/**
 * The first element of that selector, or null when there is none of that class.
 * @template {Element} T
 * @param {string} selector
 * @param {new () => T} kind
 * @param {ParentNode} [within]
 * @returns {T | null}
 */
export function find(selector, kind, within = document) {
  const found = within.querySelector(selector);
  return found instanceof kind ? found : null;
}

/**
 * The first element of that selector; throws when there is none of that class.
 * @template {Element} T
 * @param {string} selector
 * @param {new () => T} kind
 * @param {ParentNode} [within]
 * @returns {T}
 */
export function need(selector, kind, within = document) {
  const found = find(selector, kind, within);
  if (!found) {
    throw new Error(`no ${selector} in this page`);
  }
  return found;
}

/**
 * The elements of that selector that have that class, in the order of the page.
 * @template {Element} T
 * @param {string} selector
 * @param {new () => T} kind
 * @param {ParentNode} [within]
 * @returns {T[]}
 */
export function all(selector, kind, within = document) {
  const found = Array.prototype.slice.call(within.querySelectorAll(selector));
  return found.filter((/** @type {Element} */ element) => element instanceof kind);
}

/**
 * The element that an event comes from; the whole page when it comes from no element.
 * @param {Event} event
 * @returns {Element}
 */
export function origin(event) {
  return event.target instanceof Element ? event.target : document.documentElement;
}

/**
 * A text that the server wrote for this script on an element (``data-…``); empty when it wrote none.
 * @param {HTMLElement} element
 * @param {string} name
 * @returns {string}
 */
export function said(element, name) {
  return element.dataset[name] || "";
}

/**
 * The button that sent a form, null when a script or an old browser sent it.
 * @param {Event} event
 * @returns {HTMLButtonElement | null}
 */
export function sender(event) {
  const { submitter } = /** @type {SubmitEvent} */ (event);
  return submitter instanceof HTMLButtonElement ? submitter : null;
}
