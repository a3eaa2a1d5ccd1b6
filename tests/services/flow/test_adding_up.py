"""Whatever is decided, merged, fetched or taken out, the counted numbers of the diagram add up."""

import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from evidence_app.domain.flow import Flow
from evidence_app.services.flow.drawing import draw
from evidence_app.services.flow.paths import paths
from evidence_app.services.flow.review_flow import flow_of
from evidence_app.storage.flow import FlowFacts, FlowSearch, Hit, Vote, flow_facts
from tests.services.flow.reviews import ANN, BEN, ReviewBuilder

NAMES = [f"r{at}" for at in range(10)]
SOURCES = (
    ("Medline", "database"),
    ("Registry", "register"),
    ("Google", "search engine"),
    ("Cited", "citation searching"),
)
MAY_BE_OPEN = {"decided", "one_end"}
"""What random decisions rightly leave open: works nobody decided on, and decisions against each other."""

decision = st.tuples(
    st.just("decide"), st.sampled_from(NAMES), st.sampled_from(["include", "include", "exclude", "maybe"]),
    st.sampled_from(["title-abstract", "title-abstract", "full text", "before-screening"]),
    st.sampled_from([ANN, ANN, BEN]), st.sampled_from(["reviewer", "reviewer", "adjudicator", "automation"]),
)  # fmt: skip
act = st.one_of(
    decision, decision,
    st.tuples(st.just("merge"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
    st.tuples(st.just("attempt"), st.sampled_from(NAMES), st.sampled_from(["sought", "not available"])),
    st.tuples(st.just("take_out"), st.sampled_from(NAMES)),
    st.tuples(st.just("study"), st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True)),
    st.tuples(st.just("kept"), st.sampled_from(["Google", "Cited"]), st.sampled_from(NAMES)),
)  # fmt: skip


def adds_up(flow: Flow) -> None:
    """Every equation with terms holds, or waits for numbers nobody gave."""
    broken = {each.key: each.words for each in flow.stopping if each.key not in MAY_BE_OPEN}
    assert broken == {}
    units = {each.measure.unit for each in flow.numbers.values()}
    assert len(units) == 3
    assert all(each.number is None or each.number >= 0 for each in flow.numbers.values())
    for each in flow.numbers.values():
        parts = [line.number or 0 for line in each.lines if line.partial]
        assert not parts or each.number is None or sum(parts) == each.number


@settings(max_examples=15, phases=(Phase.explicit, Phase.generate))
@given(st.lists(act, max_size=22), st.booleans(), st.sampled_from(["", "include", "exclude", "separate"]))
def test_a_real_project_always_adds_up(acts: list[tuple[Any, ...]], dated: bool, maybe: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        review = ReviewBuilder(Path(folder))
        try:
            _write(review, acts, dated, maybe)
            with review.project.reader() as reader:
                facts = flow_facts(reader)
        finally:
            review.close()
    adds_up(flow_of(facts))
    places = Counter(path.work for path in paths(facts).by_work.values())
    assert set(places.values()) <= {1}
    assert len(places) == len({hit.work for hit in facts.hits})


def _write(review: ReviewBuilder, acts: list[tuple[Any, ...]], dated: bool, maybe: str) -> None:
    for at, (name, kind) in enumerate(SOURCES):
        review.source(name, kind, day=f"2026-01-{9 - at:02}" if dated else "")
    review.records("Medline", NAMES[:5])
    review.records("Registry", NAMES[5:8])
    review.kept("Google", NAMES[8:])
    review.kept("Cited", NAMES[8:9])
    if maybe:
        review.write("protocol", maybe_counts=maybe)
    merged: set[str] = set()
    gone: set[str] = set()
    for what, *said in acts:
        if what == "merge" and not (said[0] == said[1] or {*said} & (merged | gone)):
            review.merge(said[0], said[1])
            merged.add(said[1])
        elif what == "decide":
            name, verdict, stage, person, made_as = said
            if name not in merged | gone:
                review.decide(name, verdict, stage, person, made_as=made_as)
        elif what == "attempt":
            review.attempt(*said)
        elif what == "take_out" and said[0] not in merged | gone:
            review.take_out(said[0])
            gone.add(said[0])
        elif what == "study":
            review.study(f"S{review.now()}", said[0])
        elif what == "kept" and said[1] not in merged | gone:
            review.kept(said[0], [said[1]])


vote = st.builds(
    Vote, st.integers(1, 30), st.sampled_from([1, 2]), st.sampled_from(["title-abstract", "full text"]),
    st.sampled_from(["include", "exclude", "maybe"]),
    st.sampled_from(["", "Wrong setting", "wrong setting", "Other"]),
    st.sampled_from(["reviewer", "adjudicator", "automation"]), st.just("2026"), st.integers(1, 9),
)  # fmt: skip
hit = st.builds(
    lambda work, again, search: Hit(work, work + 1000 * again, search),
    st.integers(1, 30), st.integers(0, 2), st.sampled_from([1, 2, 3, 4]),
)  # fmt: skip
A_SEARCH = tuple(
    FlowSearch(at, at, name, kind, "", day, 0 if kind == "website" else 1, None, None, None)
    for at, (name, kind, day) in enumerate(
        (("Medline", "database", "2026-01-02"), ("Embase", "database", "2026-01-01"),
         ("Site", "website", "2026-01-01"), ("Old", "previous version", "2020")), 1)
)  # fmt: skip


@settings(max_examples=300)
@given(
    st.lists(hit, min_size=1, max_size=60), st.lists(vote, max_size=60),
    st.frozensets(st.integers(1, 30), max_size=5), st.frozensets(st.integers(1, 30), max_size=5),
    st.lists(st.tuples(st.integers(1, 5), st.integers(1, 30)), max_size=20, unique=True),
)  # fmt: skip
def test_any_facts_add_up(
    hits: list[Hit],
    votes: list[Vote],
    gone: frozenset[int],
    twice: frozenset[int],
    studies: list[tuple[int, int]],
) -> None:
    found = {each.work for each in hits}
    facts = FlowFacts(
        searches=A_SEARCH, hits=tuple(hits), gone=gone,
        votes=tuple(each for each in votes if each.reference in found),
        twice=frozenset((work, "title-abstract") for work in twice), study_reports=tuple(studies),
    )  # fmt: skip
    flow = flow_of(facts)
    adds_up(flow)
    assert draw(flow).svg.startswith("<svg")


def test_every_broken_equation_names_its_numbers() -> None:
    from evidence_app.domain.flow import Equation, EquationState, Term

    def equation(left: int | None, *right: int | None, optional: bool = False) -> Equation:
        terms = tuple(Term(1 if not at else -1, f"part {at}", number, optional=optional and at == 2)
                      for at, number in enumerate(right))  # fmt: skip
        return Equation(key="k", title="T", left=Term(1, "Whole", left), terms=terms)

    assert equation(46, 52, 6).words == "52 − 6 = 46"
    assert equation(47, 52, 6).words == "52 − 6 = 46, but whole: 47."
    assert equation(None, 52, 6).state is EquationState.NOT_TESTED
    assert equation(46, 52, None).words == "Not reported: part 1."
    assert equation(46, 52, 6, None, optional=True).state is EquationState.HOLDS
    assert equation(40, 52, 6, None, optional=True).state is EquationState.NOT_TESTED
    assert (
        equation(40, 52, 6, None, optional=True).words == "52 − 6 = 46, and whole: 40; not reported: part 2."
    )
