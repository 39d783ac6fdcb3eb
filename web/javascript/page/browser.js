/** What older browsers lack, and respondents' pages do without. */

/**
 * Whether this browser can do what saving at once needs: Chromium 50, Firefox 44, Safari 11.1 (ES2015 is what it is
 * written with, and no later). Older ones send forms as pages do without script.
 * @returns {boolean}
 */
export function canSave() {
  return "fetch" in window && "FormData" in window && "forEach" in FormData.prototype;
}

/**
 * Whether this browser can keep answers on the device: some refuse even to say.
 * @returns {boolean}
 */
export function canKeep() {
  try {
    return Boolean(window.indexedDB && window.caches && navigator.serviceWorker);
  } catch {
    return false;
  }
}

/** A page that the browser kept for its « back » button is asked for again: its response may have been given back. */
export function reloadWhenShownAgain() {
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) {
      location.reload();
    }
  });
}
