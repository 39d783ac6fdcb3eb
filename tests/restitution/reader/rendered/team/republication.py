"""What two publications of one campaign, side by side, would tell of a few people (method-2 § 11, a and b)."""

from collections import Counter

from tests.restitution.reader.facts import Facts
from tests.scoring.oracle.campaign import Campaign
from tests.scoring.oracle.hindsight import differences, is_paired

Answers = list[object]


def betrayed(facts: Facts) -> dict[str, set[str]]:
    """The skills, by the code of the college where publishing again would tell the answers of a few people."""
    found: dict[str, set[str]] = {}
    for _day, before in facts.around.publications:
        for college in facts.last.groups:
            for skill in facts.skills.values():
                if tells(before, facts.last, skill, college):
                    found.setdefault(college, set()).add(skill)
                if tells_pairs(before, facts.last, skill, college):
                    found.setdefault(college, set()).add(f"{skill} avec le recul")
    return found


def tells(before: Campaign, after: Campaign, skill: str, college: str) -> bool:
    if not (before.is_published(skill, college) and after.is_published(skill, college)):
        return False
    answers = [[row.get(skill) for row in one.people(college)] for one in (before, after)]
    return few(after, college, answers[0], answers[1])


def tells_pairs(before: Campaign, after: Campaign, skill: str, college: str) -> bool:
    if college not in before.groups or not (is_paired(before, skill, college) and is_paired(after, skill, college)):
        return False
    moved = [[one[skill] for one in differences(c, college, [skill]) if one] for c in (before, after)]
    return few(after, college, list(moved[0]), list(moved[1]))


def few(campaign: Campaign, college: str, one: Answers, other: Answers) -> bool:
    """Whether two versions of a cell differ by somebody, and by too few people for what they show."""
    levels = [[answer for answer in some if isinstance(answer, int)] for some in (one, other)]
    detailed = [len(some) >= campaign.rules["k_detail"] for some in levels]
    if detailed[0] != detailed[1]:
        return True
    needed = max(campaign.k(college), campaign.rules["k_detail"]) if all(detailed) else campaign.k(college)
    moved = Counter(levels[0]) != Counter(levels[1]) and abs(len(levels[0]) - len(levels[1])) < needed
    return moved or (Counter(one) != Counter(other) and abs(len(one) - len(other)) < needed)
