/** The service worker of respondents' pages. */

/**
 * The worker, once it has taken charge of this page: only then does it serve the next ones. Fails where there is none.
 * @returns {Promise<ServiceWorkerRegistration>}
 */
export function registered() {
  const { serviceWorker } = navigator;
  const inCharge = new Promise((resolve) => {
    serviceWorker.addEventListener("controllerchange", resolve);
    if (serviceWorker.controller) {
      resolve(null);
    }
  });
  return serviceWorker
    .register("/repondre/hors-connexion.js", { scope: "/repondre/" })
    .then((registration) => inCharge.then(() => registration));
}
