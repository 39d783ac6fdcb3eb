"""Templates that say something else than they should: the reader of pages catches each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """A template whose source says something else."""

    name: str
    template: str
    said: str
    instead: str


OF_RESULTS = (
    Fault("another threshold of a slide", "session/slides/family.html", "k=page.results.profile.rules.k", "k=9"),
    Fault("a level that is none", "session/slides/changes.html", "{{ change.before_text }}", "{{ change.after_text }}"),
    Fault("nothing would change", "results/page/method.html", "{% if page.results.sensitivities %}", "{% if false %}"),
    Fault("a fall that is none", "results/page/changes.html", "{% if page.results.has_fall %}", "{% if true %}"),
    Fault("one volunteer too few", "results/page/colleges.html", 'page.results.volunteers | join(", "))', "'Élus')"),
    Fault("answers of whom", "review/desk.html", "{{ cell.n }}", "{{ cell.n | replace(' sur', ' et') }}"),
    Fault(
        "another level at the desk",
        "review/desk.html",
        "<b>{{ cell.word }}</b>",
        "<b>{{ levels.values() | first }}</b>",
    ),
    Fault("nothing to look at", "review/desk.html", "{% if found.apart %}", "{% if false %}"),
    Fault("another distance", "review/desk.html", "far=found.far", "far=found.close"),
    Fault("another territory's reason", "review/desk.html", "{{ cell.missing }}", "{{ row.cells[-1].missing }}"),
    Fault("none is proposed", "review/family.html", "proposed.weaknesses | join", "proposed.strengths | join"),
    Fault("a score that is hidden", "review/family.html", "{% if score is none %}", "{% if true %}"),
    Fault("a mean without terms", "review/skill.html", "{% if not cell.small %} =", "{% if true %} ="),
    Fault("a silence", "review/skill.html", 'cell.percent("unknown")', 'cell.percent("unanswered")'),
    Fault(
        "another threshold",
        "results/page/family.html",
        "k=page.results.profile.rules.k",
        "k=page.results.profile.rules.k + 1",
    ),
    Fault(
        "a first campaign",
        "results/page/radar.html",
        "{% elif not page.results.trends %}",
        "{% elif true %}",
    ),
    Fault("before and after", "results/components.html", "{{ change.before_text }}", "{{ change.after_text }}"),
    Fault("another silence", "results/page/family.html", 'cell.percent("unknown")', 'cell.percent("unanswered")'),
    Fault("a hyphen", "results/page/method.html", "grid.lowest | level", "grid.lowest"),
    Fault(
        "colleges compared",
        "results/page/changes.html",
        "page.results.colleges_without_word | join",
        "page.results.not_compared_colleges | join",
    ),
    Fault(
        "a total that betrays",
        "results/page/colleges.html",
        "{{ page.results.answered_total }}",
        "{{ page.results.participation | length }}",
    ),
    Fault(
        "workshops as the territory",
        "results/compare.html",
        'selectattr("college", "in", page.results.colleges)',
        'rejectattr("college", "equalto", "territoire")',
    ),
    Fault(
        "those who were not asked",
        "results/residents.html",
        "page.results.colleges.values() | join",
        "page.results.volunteers | join",
    ),
    Fault(
        "a new sentence",
        "results/page/method.html",
        '<h3>{{ _("Si l’on',
        '<p>{{ _("Chaque famille a progressé.") }}</p><h3>{{ _("Si l’on',
    ),
)

OF_PUBLICATION = (
    Fault("a level from which all is told", "review/disclosure.html", "n=rules.k_detail", "n=rules.k"),
    Fault("what a member finds", "review/disclosure.html", "{{ one.by_a_member }}", "dans aucun cas"),
    Fault("nobody says the same", "review/disclosure.html", "{% if report.same_answers %}", "{% if false %}"),
    Fault("nothing is refused", "review/disclosure.html", "{% if again.problems %}", "{% if false %}"),
    Fault("as many everywhere", "review/disclosure.html", "one.fewest == one.most", "true"),
    Fault("never published", "review/disclosure.html", "{% if report.published_days %}<p>", "{% if false %}<p>"),
    Fault("no link", "review/disclosure.html", "{% if report.open_links %}", "{% if false %}"),
    Fault("the territory is left out", "review/disclosure.html", "in report.hidden %}", "in report.hidden[:-1] %}"),
    Fault("hidden without a reason", "review/disclosure.html", "{% if one.reasons %}", "{% if false %}"),
    Fault("found again by others", "review/disclosure.html", "{{ share }}", "{{ shares[0] }}"),
    Fault("no workshop", "review/disclosure.html", "{% if report.workshops %}", "{% if not report.workshops %}"),
    Fault(
        "public and not public",
        "review/disclosure.html",
        "Avant de publier : ce que les résultats diront des personnes",
        "Ce que la publication dit des personnes",
    ),
    Fault(
        "hindsight that nobody gave",
        "review/disclosure.html",
        "{% if report.profile.has_hindsight %}",
        "{% if not report.profile.has_hindsight %}",
    ),
)
DRAFT, CLOSING = "campaigns/draft.html", "campaigns/closing.html"
OF_CAMPAIGNS = (
    Fault("what a college shows", DRAFT, "{{ visible.territory }}", "{{ visible.colleges[0][1] }}"),
    Fault("as the territory", DRAFT, "<dd>{{ words }}</dd>", "<dd>{{ visible.territory }}</dd>"),
    Fault("a college left out", DRAFT, "in visible.colleges %}", "in visible.colleges[1:] %}"),
    Fault("nothing can be shown", DRAFT, "{% if visible %}", "{% if false %}"),
    Fault("people hoped for", DRAFT, "share.college.target) }}", "share.college.target + 1) }}"),
    Fault("as many answers", CLOSING, "{{ share.count | grouped }}", "{{ campaign.k }}"),
    Fault("all will appear", CLOSING, "{{ fate.words }}", "apparaîtra"),
    Fault("one warning", CLOSING, "in warnings %}", "in warnings[:1] %}"),
    Fault("no warning", CLOSING, "{% if warnings %}", "{% if false %}"),
    Fault("another college left out", CLOSING, "in read %}", "in read[1:] %}"),
    Fault("one more answer", CLOSING, "k=campaign.k)", "k=campaign.k + 1)"),
    Fault("as many people as announced", "campaigns/exceeded_sizes.html", "if share.exceeded %}", "if false %}"),
    Fault("a group without its colleges", CLOSING, "group.member_labels | join", "group.members | join"),
)
EDITIONS = "review/edition_changes.html"
OF_EDITIONS = (
    Fault("what the first said", EDITIONS, "said(row.second)", "said(row.first)"),
    Fault("everywhere the territory", EDITIONS, "{{ row.who }}", "Territoire"),
    Fault("words of another table", EDITIONS, "verdicts=verdicts", "verdicts=levels"),
    Fault("no word differs", EDITIONS, "{% if levels + verdicts + agreements %}", "{% if false %}"),
    Fault("another day", EDITIONS, "published=days.published", "published=days.recomputed"),
    Fault("as if it said the same", EDITIONS, "{% if row.word_changed %}", "{% if false %}"),
    Fault("a word without its reason", EDITIONS, "{% elif one.reason %}", "{% elif false %}"),
    Fault("a row left out", EDITIONS, "{% for row in rows %}", "{% for row in rows[1:] %}"),
    Fault("every word of agreement", EDITIONS, "{% if changes.agreements %}", "{% if false %}"),
)
ADOPTED = "review/adopted_content.html"
OF_ADOPTION = (
    Fault("no score is a score", ADOPTED, '{% if one.score %}{{ _("le score', '{% if true %}{{ _("le score'),
    Fault("a score that speaks", ADOPTED, '{% if one.score %}{{ _("Rien', '{% if true %}{{ _("Rien'),
    Fault("nothing was written", ADOPTED, "{% if not (one.retained or", "{% if (one.retained or"),
    Fault("retained by none", ADOPTED, "{% if one.retained %}<b>", "{% if not one.retained %}<b>"),
    Fault("the score of another", ADOPTED, "<b>{{ one.score }}</b>", "<b>{{ content.families[-1].score }}</b>"),
    Fault("people of others", ADOPTED, "{{ label }} {{ n }}", "{{ label }} {{ content.respondents[0][1] }}"),
    Fault("another version", "review/diagnostic.html", "n=adopted.number, day", "n=adopted.number + 1, day"),
    Fault("an older edition", "review/diagnostic.html", "{% if content.edition == 1 %}<p>", "{% if true %}<p>"),
)
DATA = "open_data/show.html"
OF_OPEN_DATA = (
    Fault("the first day for the last", DATA, "day=campaign.published_at", "day=first"),
    Fault("the last day for the first", DATA, "day=first", "day=campaign.published_at"),
    Fault("a table left out", DATA, "{% if not loop.first %}", "{% if loop.index > 2 %}"),
    Fault(
        "another year", DATA, "{{ territory.name }} {{ campaign.year }}", "{{ territory.name }} {{ campaign.year - 1 }}"
    ),
    Fault("another address", DATA, "address=linked.address_of(campaign)", "address=campaign.slug"),
    Fault("waits for nobody", "review/adoption.html", "%(n)s commentaires", "9 commentaires"),
)
PLACES = "programme/territories.html"
OF_TERRITORIES = (
    Fault("a year that is not the last", PLACES, "{{ row.status.last.year }}", "{{ row.status.last.year - 20 }}"),
    Fault("the same everywhere", PLACES, "{{ cell.text }}", "{{ row.cells[0].text }}"),
    Fault("another level of a family", PLACES, "{{ cell.note }}", "{{ row.cells[0].note }}"),
    Fault("a family left out", PLACES, "{% for axis in table.axes %}", "{% for axis in table.axes[1:] %}"),
    Fault("other grids", PLACES, "{% if table.versions > 1 %}", "{% if table.versions > 0 %}"),
    Fault("who answered of which grid", PLACES, "{{ row.answered }}", "{{ row.grid }}"),
)
FAULTS = (*OF_RESULTS, *OF_PUBLICATION, *OF_CAMPAIGNS, *OF_EDITIONS, *OF_ADOPTION, *OF_OPEN_DATA, *OF_TERRITORIES)
