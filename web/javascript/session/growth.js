/** A radar that grows from the year before, drawn under it, to its own year. */

import { all, find } from "../page/elements.js";

/** How long it takes, in milliseconds. */
const DURATION = 900;

/** @typedef {number[][]} Corners */

/**
 * @param {SVGPolygonElement} polygon
 * @returns {Corners}
 */
function cornersOf(polygon) {
  return cornersIn(polygon.getAttribute("points") || "");
}

/**
 * @param {string} points
 * @returns {Corners}
 */
function cornersIn(points) {
  return points.split(" ").map((corner) => corner.split(",").map(Number));
}

/**
 * The corners at a moment between two drawings.
 * @param {Corners} start
 * @param {Corners} end
 * @param {number} part of the time, from 0 to 1
 * @returns {string}
 */
export function between(start, end, part) {
  const eased = 1 - (1 - part) ** 3;
  const moved = start.map((corner, i) =>
    corner.map((value, axis) => (value + ((end[i]?.[axis] ?? value) - value) * eased).toFixed(1)).join(","),
  );
  return moved.join(" ");
}

/**
 * Let the radar of a slide grow, when it has one of two years.
 * @param {HTMLElement} slide
 */
export function grow(slide) {
  const series = all(".radar-series", SVGElement, slide);
  const half = series.length / 2;
  const [before, after, marks] = [series[half - 2], series[half - 1], series[2 * half - 1]];
  const was = before && find("polygon", SVGPolygonElement, before);
  const polygons = after ? all("polygon", SVGPolygonElement, after) : [];
  const now = polygons[0];
  if (was && now && marks && cornersOf(was).length === cornersOf(now).length) {
    const growth = { start: cornersOf(was), written: now.getAttribute("points") || "", polygons, marks, slide };
    marks.classList.add("unborn");
    requestAnimationFrame((time) => step(growth, time, time));
  }
}

/**
 * @typedef {object} Growth
 * @property {Corners} start
 * @property {string} written the points of the polygons at the end
 * @property {SVGPolygonElement[]} polygons
 * @property {SVGElement} marks what is there only at the end
 * @property {HTMLElement} slide
 */

/**
 * Draw one moment, and ask for the next.
 * @param {Growth} growth
 * @param {number} begun
 * @param {number} time
 */
function step(growth, begun, time) {
  const part = Math.min(1, (time - begun) / DURATION);
  const isOver = part === 1 || !growth.slide.classList.contains("current");
  const points = isOver ? growth.written : between(growth.start, cornersIn(growth.written), part);
  for (const polygon of growth.polygons) {
    polygon.setAttribute("points", points);
  }
  if (isOver) {
    growth.marks.classList.remove("unborn");
  } else {
    requestAnimationFrame((next) => step(growth, begun, next));
  }
}
