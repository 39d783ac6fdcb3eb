/**
 * Makes every radar of the page answer to the pointer: plotly draws the same series in the place of the SVG's own, under
 * its labels. Without this script, without plotly or in print, the SVG stays as it is.
 */

import { all, find, need } from "./page/elements.js";

/** @typedef {{ name: string, line: { width: number }, marker: { size: number, line: { width: number } } }} Trace */

/**
 * @typedef {object} Layout
 * @property {number} [width]
 * @property {number} [height]
 * @property {object} [margin]
 * @property {{ domain: object, angularaxis: Axis, radialaxis: Axis }} polar
 */

/** @typedef {{ showticklabels?: boolean }} Axis */
/** @typedef {{ data: Trace[], layout: Layout }} Figure */

/**
 * A figure with the page's colours: they come as « var(--name) », to which its theme gives their value.
 * @template T
 * @param {T} value
 * @param {CSSStyleDeclaration} styles
 * @returns {T}
 */
function coloured(value, styles) {
  /** @type {unknown} */
  let found = value;
  if (typeof value === "string") {
    const name = /^var\((--[\w-]+)\)$/.exec(value);
    found = name?.[1] ? styles.getPropertyValue(name[1]).trim() : value;
  } else if (Array.isArray(value)) {
    found = value.map((part) => coloured(part, styles));
  } else if (value && typeof value === "object") {
    const pairs = Object.entries(value);
    /** @type {Record<string, unknown>} */
    const copy = {};
    for (const [key, part] of pairs) {
      copy[key] = coloured(part, styles);
    }
    found = copy;
  }
  return /** @type {T} */ (found);
}

/**
 * The polar plot set exactly where the SVG's is: its words stay the SVG's.
 * @param {Figure} figure
 * @param {SVGSVGElement} svg
 * @returns {Figure}
 */
function fitted(figure, svg) {
  const box = svg.viewBox.baseVal;
  const radius = Number(svg.dataset.radius);
  const width = svg.clientWidth;
  const scale = width / box.width;
  const left = -radius - box.x;
  const top = -radius - box.y;
  const { layout } = figure;
  layout.width = width;
  layout.height = svg.clientHeight;
  layout.margin = { l: 0, r: 0, t: 0, b: 0 };
  layout.polar.domain = {
    x: [left / box.width, (left + 2 * radius) / box.width],
    y: [1 - (top + 2 * radius) / box.height, 1 - top / box.height],
  };
  layout.polar.angularaxis.showticklabels = false;
  layout.polar.radialaxis.showticklabels = false;
  for (const trace of figure.data) {
    trace.line.width *= scale;
    trace.marker.size *= scale;
    trace.marker.line.width *= scale;
  }
  return figure;
}

class LiveRadar {
  /**
   * @param {HTMLElement} block
   * @param {PlotlyLibrary} plotly
   */
  constructor(block, plotly) {
    this.block = block;
    this.plotly = plotly;
    this.live = need(".radar-live", HTMLElement, block);
    /** @type {Figure} */
    this.figure = JSON.parse(need("script[type='application/json']", HTMLScriptElement, block).textContent || "");
    /** The buttons of the legend, by the name of their series. @type {Map<string, HTMLButtonElement>} */
    this.buttons = new Map();
    this.isDrawn = false;
  }

  /** Draw now, and again whenever the size or the colours change. */
  start() {
    let pending = 0;
    this.addButtons();
    this.draw();
    new ResizeObserver(() => {
      cancelAnimationFrame(pending);
      pending = requestAnimationFrame(() => this.draw());
    }).observe(this.block);
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
  }

  /** The legend's entries become buttons that show or hide their series. */
  addButtons() {
    for (const entry of all(".legend [data-series]", HTMLElement, this.block)) {
      const button = document.createElement("button");
      button.type = "button";
      button.setAttribute("aria-pressed", "true");
      button.append(...entry.childNodes);
      entry.appendChild(button);
      button.addEventListener("click", () => {
        button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
        this.hideUnpressed();
      });
      this.buttons.set(entry.dataset.series || "", button);
    }
  }

  draw() {
    const svg = all("svg.radar", SVGSVGElement, this.block).filter((one) => one.clientWidth > 0)[0];
    if (!svg) {
      return;
    }
    const figure = fitted(coloured(this.figure, getComputedStyle(this.block)), svg);
    const config = { displayModeBar: false, responsive: false, locale: document.documentElement.lang };
    this.plotly.react(this.live, figure.data, figure.layout, config).then(() => {
      this.isDrawn = true;
      this.block.classList.add("is-live");
      this.hideUnpressed();
    });
  }

  hideUnpressed() {
    if (!this.isDrawn || !this.buttons.size) {
      return;
    }
    const visible = this.figure.data.map((trace) => {
      const button = this.buttons.get(trace.name);
      return !button || button.getAttribute("aria-pressed") === "true";
    });
    this.plotly.restyle(this.live, { visible });
  }
}

function start() {
  const plotly = window.Plotly;
  if (plotly) {
    for (const block of all(".radar-block", HTMLElement)) {
      if (find(".radar-live", HTMLElement, block)) {
        new LiveRadar(block, plotly).start();
      }
    }
  }
}

if (document.readyState === "loading") {
  document.addEventListener("DOMContentLoaded", start);
} else {
  start();
}
