"""The text widths that charts compute are those that a browser draws with Grille's fonts."""

from playwright.sync_api import Page

from restitution.charts.markup import text_width

WRITTEN = (
    *("Faire travailler ensemble", "Coopérer", "Évaluer l’action", "Ça où naît un œuf", "Pratique installée", "2,4"),
    *(
        "moins de 5 réponses",
        "« Habitants » : 12",
        "WAVE To. Ty Äé",
        "1 234,5 %",
        "Łódź, Timișoara, Plzeň",
        "+0,8 à −1,2",
    ),
    *("mmmmmmmmmm", "iiiiiiiiii", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz", "0123456789"),
)
MEASURE = """async texts => {
  const svg = document.body.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'svg'));
  const found = {};
  for (const weight of [400, 700]) {
    await document.fonts.load(weight + ' 100px "Atkinson Hyperlegible Next"', texts.join(''));
    found[weight] = texts.map(text => {
      const node = svg.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'text'));
      node.setAttribute('font-size', 100);
      node.setAttribute('font-weight', weight);
      node.setAttribute('font-family', 'Atkinson Hyperlegible Next');
      node.textContent = text;
      return node.getComputedTextLength();
    });
  }
  return found;
}"""


def test_words_are_as_wide_as_charts_believe(page: Page) -> None:
    page.goto("/")
    drawn = page.evaluate(MEASURE, WRITTEN)
    for weight, widths in drawn.items():
        for text, width in zip(WRITTEN, widths, strict=True):
            believed = text_width(text, 100, bold=weight == "700")
            assert width - 1 <= believed <= width * 1.04 + 1, (text, weight, width, believed)
