"""Skills: how a mean is made, what it was in each campaign, and what workshops noted."""

from tests.restitution.reader import french
from tests.restitution.reader.reading import Place, Reader, reads


@reads("sum of a mean", "{terms} = {total}, divisé par {n}")
def sum_of_a_mean(reader: Reader, place: Place, terms: str, total: str, n: str) -> None:
    """Levels times how many chose them."""
    facts = reader.facts
    given = facts.last.given(facts.skills[place[0]], facts.colleges[place[1]])
    printed = [tuple(int(french.number(one)) for one in term.split(" × ")) for term in terms.split(" + ")]
    reader.same(printed, [(level, given.count(level)) for level in facts.last.levels if level in given], "terms")
    reader.same((int(french.number(total)), int(n)), (sum(given), len(given)), "total")


@reads("past mean", "{mean} {n} niveau donné", "{mean} {n} niveaux donnés")
def past_mean(reader: Reader, place: Place, mean: str, n: str) -> None:
    facts = reader.facts
    campaign, skill, college = (
        facts.campaigns[facts.labels.index(place[2])],
        facts.skills[place[0]],
        facts.colleges[place[1]],
    )
    reader.must(campaign.is_published(skill, college), "it is hidden")
    reader.prints(mean, campaign.mean(skill, college), facts.places + 1, "mean")
    reader.same(int(n), campaign.n(skill, college), "levels given")


@reads("hidden past mean", "moins de {n} réponses", "moins de {n} niveaux donnés")
def hidden_past_mean(reader: Reader, place: Place, n: str) -> None:
    facts = reader.facts
    campaign, skill, college = (
        facts.campaigns[facts.labels.index(place[2])],
        facts.skills[place[0]],
        facts.colleges[place[1]],
    )
    reader.same(int(n), campaign.rules["k"], "k")
    reader.must(campaign.n(skill, college) < int(n), "it is published")


@reads("workshops", "un atelier", "{n} ateliers")
def workshops(reader: Reader, _place: Place, n: str = "1") -> None:
    reader.same(int(n), reader.facts.respondents("atelier"), "workshops")


@reads("noted", "{mean}")
def noted(reader: Reader, place: Place, mean: str) -> None:
    facts = reader.facts
    reader.prints(mean, facts.last.mean(facts.skills[place[0]], "atelier"), facts.score_places, "mean")
