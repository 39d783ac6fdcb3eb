// Makes every radar of the page answer to the pointer: plotly draws the same series in the place of the SVG's own,
// under its labels. Without this script, without plotly or in print, the SVG stays as it is.
(function () {
  "use strict";

  // Colours come as "var(--name)": the page's theme gives them their value.
  function coloured(value, styles) {
    if (typeof value === "string") {
      var name = /^var\((--[\w-]+)\)$/.exec(value);
      return name ? styles.getPropertyValue(name[1]).trim() : value;
    }
    if (Array.isArray(value)) return value.map(function (part) { return coloured(part, styles); });
    if (value && typeof value === "object") {
      var copy = {};
      Object.keys(value).forEach(function (key) { copy[key] = coloured(value[key], styles); });
      return copy;
    }
    return value;
  }

  // The polar plot set exactly where the SVG's is: its words stay the SVG's.
  function fitted(figure, svg) {
    var box = svg.viewBox.baseVal, radius = Number(svg.dataset.radius), width = svg.clientWidth, scale = width / box.width;
    var left = -radius - box.x, top = -radius - box.y, layout = figure.layout, polar = layout.polar;
    layout.width = width;
    layout.height = svg.clientHeight;
    layout.margin = { l: 0, r: 0, t: 0, b: 0 };
    polar.domain = {
      x: [left / box.width, (left + 2 * radius) / box.width],
      y: [1 - (top + 2 * radius) / box.height, 1 - top / box.height]
    };
    polar.angularaxis.showticklabels = polar.radialaxis.showticklabels = false;
    figure.data.forEach(function (trace) {
      trace.line.width *= scale;
      trace.marker.size *= scale;
      trace.marker.line.width *= scale;
    });
    return figure;
  }

  function shown(block) {
    return Array.prototype.find.call(block.querySelectorAll("svg.radar"), function (svg) { return svg.clientWidth > 0; });
  }

  function draw(block) {
    var svg = shown(block);
    if (!svg) return;
    var text = block.querySelector("script[type='application/json']").textContent;
    var figure = fitted(coloured(JSON.parse(text), getComputedStyle(block)), svg);
    var config = { displayModeBar: false, responsive: false, locale: "fr" };
    window.Plotly.react(block.querySelector(".radar-live"), figure.data, figure.layout, config).then(function () {
      block.classList.add("is-live");
      hideUnpressed(block);
    });
  }

  // The legend's entries become buttons that show or hide their series.
  function pressable(block) {
    block.querySelectorAll(".legend [data-series]").forEach(function (entry) {
      var button = document.createElement("button");
      button.type = "button";
      button.setAttribute("aria-pressed", "true");
      while (entry.firstChild) button.appendChild(entry.firstChild);
      entry.appendChild(button);
      button.addEventListener("click", function () {
        button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
        hideUnpressed(block);
      });
    });
  }

  function hideUnpressed(block) {
    var live = block.querySelector(".radar-live"), buttons = block.querySelectorAll(".legend button");
    if (!live.data || !buttons.length) return;
    var visible = live.data.map(function (trace) {
      return Array.prototype.every.call(buttons, function (button) {
        return button.parentNode.dataset.series !== trace.name || button.getAttribute("aria-pressed") === "true";
      });
    });
    window.Plotly.restyle(live, { visible: visible });
  }

  function start() {
    if (!window.Plotly) return;
    document.querySelectorAll(".radar-block").forEach(function (block) {
      pressable(block);
      draw(block);
      var pending;
      new ResizeObserver(function () {
        cancelAnimationFrame(pending);
        pending = requestAnimationFrame(function () { draw(block); });
      }).observe(block);
      window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", function () { draw(block); });
    });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
