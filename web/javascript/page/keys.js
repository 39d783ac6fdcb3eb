/** Keys of pages that are driven from a distance. */

/**
 * The name of a key; letters in lower case, so that a locked Shift changes nothing.
 * @param {KeyboardEvent} event
 * @returns {string}
 */
export function nameOf(event) {
  return event.key.length === 1 ? event.key.toLowerCase() : event.key;
}

/** Go to the full screen, or leave it. */
export function toggleFullScreen() {
  const page = document.documentElement;
  if (document.fullscreenElement) {
    document.exitFullscreen();
  } else if ("requestFullscreen" in page) {
    page.requestFullscreen();
  }
}

/**
 * Whether a key comes with another that makes it the browser's own.
 * @param {KeyboardEvent} event
 * @returns {boolean}
 */
export function isShortcut(event) {
  return event.ctrlKey || event.metaKey || event.altKey;
}
