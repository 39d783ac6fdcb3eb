// While a document is being made the page says so; without script, or if anything here fails, the link downloads it.
(function () {
  "use strict";
  if (!window.fetch || !window.URL || !URL.createObjectURL) { return; }

  function say(link, words) { link.closest("li").querySelector("[role=status]").textContent = words; }

  function save(blob, name) {
    var address = URL.createObjectURL(blob), link = document.createElement("a");
    link.href = address;
    link.download = name;
    document.body.appendChild(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(address); }, 60000);
  }

  function named(response) {
    var found = /filename="?([^";]+)/.exec(response.headers.get("Content-Disposition") || "");
    return found ? found[1] : "grille";
  }

  function take(link) {
    link.setAttribute("aria-busy", "true");
    say(link, link.dataset.waiting);
    fetch(link.href, { credentials: "same-origin" })
      .then(function (response) {
        if (!response.ok) { throw response; }
        return response.blob().then(function (blob) { save(blob, named(response)); });
      })
      .then(function () { say(link, link.dataset.done); }, function (problem) {
        // Waiting helps when the network or the server is busy, not when the document cannot be made.
        var broken = problem && problem.status >= 400 && problem.status !== 429 && problem.status !== 503;
        say(link, broken ? link.dataset.broken : link.dataset.failed);
      })
      .then(function () { link.removeAttribute("aria-busy"); });
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[data-waiting]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    event.preventDefault();
    if (!link.hasAttribute("aria-busy")) { take(link); }
  });
})();
