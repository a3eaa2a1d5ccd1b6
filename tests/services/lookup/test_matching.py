import json
import math
import random
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from evidence_app.domain.csl import CslItem
from evidence_app.services.lookup.cleaning import csl_from_crossref, refusal
from evidence_app.services.lookup.likeness import letters
from evidence_app.services.lookup.matching import match, reference_query

Work = dict[str, Any]


def a_work(**more: Any) -> Work:
    work: Work = {
        "DOI": "10.5555/ward", "type": "journal-article", "title": ["Sleep on the night ward: a survey"],
        "author": [{"given": "Anna", "family": "Ray"}, {"family": "Dell"}],
        "issued": {"date-parts": [[2018, 11]]}, "published-print": {"date-parts": [[2019, 2]]},
        "volume": "12", "page": "45-58",
        "container-title": ["Journal of Night Care"],
    }  # fmt: skip
    return work | more


def a_reference(**more: Any) -> CslItem:
    item: CslItem = {
        "type": "article-journal", "title": "Sleep on the night ward: A survey.",
        "author": [{"family": "Ray", "given": "A"}], "issued": {"date-parts": [[2019]]},
        "volume": "12", "page": "45", "container-title": "J Night Care",
    }  # fmt: skip
    return {name: value for name, value in (item | more).items() if value}


def test_the_query_is_title_surnames_year_and_journal() -> None:
    people = [{"family": name} for name in ("Ray", "Dell", "Lowe", "Poe")] + [{"literal": "et al."}]
    query = reference_query(a_reference(title="<i>Sleep</i>  on wards", author=people))
    assert query == "Sleep on wards Ray Dell Lowe 2019 J Night Care"
    assert reference_query({}) == ""


def test_a_match_in_every_point_may_be_applied_and_says_why() -> None:
    found = match(
        a_reference(), [a_work(DOI="10.5555/other", title=["Something else altogether here"]), a_work()]
    )
    assert found.state == "applied"
    assert found.candidate is not None
    assert found.candidate.doi == "10.5555/ward"
    agreed = {one.field: one.agrees for one in found.evidence}
    assert agreed == dict.fromkeys(
        ("title", "first author", "year", "volume", "first page", "journal", "kind"), True
    )  # fmt: skip


@pytest.mark.parametrize("year", [2017, 2018, 2019, 2020])
def test_a_year_next_to_any_stored_date_agrees(year: int) -> None:
    assert match(a_reference(issued={"date-parts": [[year]]}), [a_work()]).state == "applied"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"author": [{"family": "Lowe"}]}, "first author differs"),
        ({"author": None}, "first author is not known"),
        ({"issued": {"date-parts": [[2014]]}}, "year differs"),
        ({"issued": None}, "year is not known"),
        ({"volume": "13"}, "volume differs"),
        ({"page": "99"}, "first page differs"),
        ({"type": "thesis"}, "kind differs"),
        ({"title": "Sleep on the night wards in two surveys"}, "titles differ"),
        ({"container-title": "Annals of Cooking", "volume": None}, "another journal"),
    ],
)
def test_one_contradiction_or_silence_leaves_it_a_suggestion(change: dict[str, Any], reason: str) -> None:
    found = match(a_reference(**change), [a_work()])
    assert found.state == "suggested"
    assert reason in found.reason


def test_a_short_title_is_never_sure() -> None:
    found = match(a_reference(title="Book review"), [a_work(title=["Book review"])])
    assert found.state == "suggested"


def test_other_numbers_in_a_title_are_another_work() -> None:
    reference = a_reference(title="Thanks to all our reviewers in 2017", volume="", page="")
    assert match(reference, [a_work(title=["Thanks to all our reviewers in 2018"])]).state != "applied"
    reference = a_reference(title="Rest on the night ward, part I", volume="", page="")
    assert match(reference, [a_work(title=["Rest on the night ward, part II"])]).state != "applied"


def test_a_title_alone_proves_nothing() -> None:
    found = match({"title": "Sleep on the night ward: a survey"}, [a_work()])
    assert found.state == "none"
    assert found.others


def test_a_missing_subtitle_does_not_matter() -> None:
    work = a_work(
        title=["Sleep on the night ward"], subtitle=["A survey of five hospitals in Wales and beyond"]
    )
    assert match(a_reference(title="Sleep on the night ward"), [work]).state == "applied"


def test_two_works_alike_are_left_to_the_user() -> None:
    found = match(a_reference(volume="", page=""), [a_work(), a_work(DOI="10.5555/twin")])
    assert found.state == "suggested"
    assert "10.5555/twin" in found.reason


def test_the_published_version_is_preferred_to_its_preprint() -> None:
    preprint = a_work(
        DOI="10.5555/pre", type="posted-content", volume="", page="", **{"container-title": []},
        relation={"is-preprint-of": [{"id": "10.5555/WARD"}]},
    )  # fmt: skip
    reference = a_reference(volume="", page="", type="")
    for works in ([preprint, a_work()], [a_work(), preprint]):
        found = match(reference, works)
        assert found.state == "applied"
        assert found.candidate is not None
        assert found.candidate.doi == "10.5555/ward"
    assert match(a_reference(type="article", volume="", page=""), [preprint]).state == "applied"


def test_copies_notices_reviews_and_parts_are_passed_over() -> None:
    works = [
        a_work(DOI="10.65215/copy"), a_work(DOI="10.5555/ward.s1", type="component"),
        a_work(DOI="10.5555/review", type="peer-review"),
        a_work(DOI="10.5555/notice", **{"update-to": [{"DOI": "10.5555/ward", "type": "correction"}]}),
    ]  # fmt: skip
    assert match(a_reference(), works).state == "none"


def test_a_body_matches_under_its_one_name() -> None:
    found = match(
        a_reference(author=[{"literal": "Night Work Group"}]), [a_work(author=[{"name": "Night Work Group"}])]
    )
    assert found.state == "applied"


def test_a_reference_without_a_title_is_suggested_by_where_it_appeared() -> None:
    assert match(a_reference(title=""), [a_work()]).state == "suggested"


class Pool:
    """The recorded works, searched by the words they share."""

    def __init__(self, works: list[Work]) -> None:
        self.works = {str(work["DOI"]): work for work in works}
        self._holding: dict[str, list[str]] = defaultdict(list)
        for doi, work in self.works.items():
            names = [str(person.get("family", "")) for person in work.get("author") or []]
            for word in set(letters(" ".join([*map(str, work.get("title") or []), *names])).split()):
                self._holding[word].append(doi)

    def search(self, text: str, without: str = "") -> list[Work]:
        weights: Counter[str] = Counter()
        for word in set(letters(text).split()):
            for doi in self._holding.get(word, ()):
                weights[doi] += round(1000 * math.log(len(self.works) / len(self._holding[word])))
        return [self.works[doi] for doi, _ in weights.most_common(6) if doi != without][:5]


def varied(item: CslItem, chance: random.Random) -> CslItem:
    """Return an item as a reference list prints it: initials, three authors, a letter or a year off."""
    title = list(letters(item["title"]).capitalize())
    title[chance.randrange(len(title))] = "x"
    year = item["issued"]["date-parts"][0][0] + chance.choice((-1, 0, 0, 1))
    people = [
        {"family": str(name.get("family", name.get("literal", ""))), "given": str(name.get("given", ""))[:1]}
        for name in item["author"][:3]
    ]
    return {
        "type": item["type"], "title": "".join(title), "author": people, "issued": {"date-parts": [[year]]},
        "container-title": item.get("container-title", ""),
    }  # fmt: skip


def test_precision_and_recall_on_the_recorded_works() -> None:
    """References varied from recorded works, each sought with its own work in the pool, then without."""
    folder = next(
        (place for parent in Path(__file__).resolve().parents
         if (place := parent.parent / "shared" / "data" / "crossref" / "crossref" / "works").is_dir()), None,
    )  # fmt: skip
    if folder is None:
        pytest.skip("the recorded Crossref answers are not beside this checkout")
    works = [
        json.loads(file.read_text(encoding="utf-8"))["body"]["message"]
        for file in sorted(folder.glob("*.json"))
    ]
    pool = Pool(works)
    chance = random.Random(7)
    counts: Counter[str] = Counter()
    for work in works[::3]:
        item = {} if refusal(work) else csl_from_crossref(work)
        if not all(item.get(name) for name in ("title", "author", "issued")):
            continue
        reference = varied(item, chance)
        found = match(reference, pool.search(reference_query(reference)))
        right = found.candidate is not None and found.candidate.doi == item["DOI"]
        counts["references"] += 1
        counts[f"{found.state} {'right' if right else 'wrong'}"] += 1
        without = pool.search(reference_query(reference), item["DOI"])
        counts[f"absent {match(reference, without).state}"] += 1
    applied = counts["applied right"]
    assert counts["references"] > 300
    assert applied / (applied + counts["applied wrong"] + counts["absent applied"]) >= 0.99
    assert (applied + counts["suggested right"]) / counts["references"] >= 0.90
