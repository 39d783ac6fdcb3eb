/** What scripts that are loaded apart hand to each other, and what browsers have that TypeScript's libraries do not say. */

/** What offline.js does of each change in place of respond.js, once it is there. */
interface KeptAnswers {
  changed(question: Element): unknown;
  typed(question: Element): void;
  leave(button: HTMLButtonElement): void;
}

/** The part of plotly.js that radar.js calls (web/static/vendor/plotly-grille.min.js). */
interface PlotlyLibrary {
  react(place: Element, data: object[], layout: object, config: object): Promise<unknown>;
  restyle(place: Element, changes: object): Promise<unknown>;
}

interface Window {
  keptAnswers?: KeptAnswers | null;
  Plotly?: PlotlyLibrary;
}

interface ServiceWorkerRegistration {
  /** Chromium only. */
  readonly sync?: { register(tag: string): Promise<void> };
}
