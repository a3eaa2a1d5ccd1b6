import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from evidence_app.domain.errors import Cancelled
from evidence_app.services.lookup.crossref import Crossref
from evidence_app.services.lookup.updating import Answer, look_up, outcome, updates_of
from tests.crossref_server import FIXTURES, CrossrefServer, works_in

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


class KeptAnswers:
    """A cache in memory."""

    def __init__(self, *answers: Answer) -> None:
        self.kept = {answer.asked.casefold(): answer for answer in answers}

    def get(self, doi: str) -> Answer | None:
        return self.kept.get(doi.casefold())

    def put(self, answer: Answer) -> None:
        self.kept[answer.asked.casefold()] = answer


class Time:
    def __init__(self) -> None:
        self.now = 0.0

    def clock(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def server() -> Iterator[CrossrefServer]:
    with CrossrefServer(works_in(FIXTURES)) as server:
        yield server


@pytest.fixture
def client(server: CrossrefServer) -> Iterator[Crossref]:
    time = Time()
    client = Crossref(server.url, clock=time.clock, wait=time.wait, jitter=lambda: 0.0)
    yield client
    client.close()


def now() -> datetime:
    return NOW


DOIS = ["10.5555/JNW.2019.1", "10.5555/nowhere", "10.5555/final.4", "10.5555/old"]


def test_each_reference_gets_its_state(client: Crossref, server: CrossrefServer) -> None:
    server.move("10.5555/old", "10.5555/book.9")
    server.add({"DOI": "10.5555/book.9", "type": "book", "title": ["Nights"], "aliases": ["10.5555/old"]})
    cache = KeptAnswers()
    result = look_up(DOIS, client, cache, now=now)
    assert [answer.state for answer in result.answers.values()] == ["found", "not found", "found", "found"]
    assert list(result.answers) == DOIS
    assert result.answers["10.5555/old"].doi == "10.5555/book.9"
    assert result.answers["10.5555/JNW.2019.1"].fetched_at == "2026-03-01T12:00:00+00:00"
    assert "another agency" in result.answers["10.5555/nowhere"].reason
    assert len(cache.kept) == 4
    assert sum(path.startswith("/works?") for path in server.asked) == 1


def test_a_second_run_asks_for_nothing_that_is_fresh(client: Crossref, server: CrossrefServer) -> None:
    cache = KeptAnswers()
    look_up(DOIS, client, cache, now=now)
    asked = len(server.asked)
    again = look_up(DOIS, client, cache, now=lambda: NOW + timedelta(days=1))
    assert len(server.asked) == asked
    assert [answer.state for answer in again.answers.values()] == ["found", "not found", "found", "not found"]
    look_up(DOIS, client, cache, now=lambda: NOW + timedelta(days=30))
    assert len(server.asked) > asked


def test_offline_the_kept_answers_are_used_whatever_their_age() -> None:
    kept = Answer(
        "10.5555/final.4", "10.5555/final.4", "2020-01-01T00:00:00+00:00", {"DOI": "10.5555/final.4"}
    )
    result = look_up(["10.5555/FINAL.4", "10.5555/new"], None, KeptAnswers(kept), now=now)
    assert result.answers["10.5555/FINAL.4"] is kept
    assert result.answers["10.5555/new"].state == "failed"
    assert "offline" in result.answers["10.5555/new"].reason


def test_an_old_answer_stands_where_asking_fails(client: Crossref, server: CrossrefServer) -> None:
    kept = Answer(
        "10.5555/final.4", "10.5555/final.4", "2020-01-01T00:00:00+00:00", {"DOI": "10.5555/final.4"}
    )
    server.fail_always("403")
    result = look_up(["10.5555/final.4", "10.5555/x"], client, KeptAnswers(kept), now=now)
    assert result.answers["10.5555/final.4"] is kept
    assert result.of("failed")[0].asked == "10.5555/x"
    assert "turned the question away" in result.stopped
    assert len(server.asked) == 1


def test_a_failed_answer_is_asked_again_in_the_next_run(client: Crossref, server: CrossrefServer) -> None:
    cache = KeptAnswers()
    server.fail("html", times=1)
    first = look_up(["10.5555/final.4"], client, cache, now=now)
    assert first.answers["10.5555/final.4"].state == "failed"
    second = look_up(["10.5555/final.4"], client, cache, now=now)
    assert second.answers["10.5555/final.4"].state == "found"


def test_a_bad_batch_is_asked_one_by_one(client: Crossref, server: CrossrefServer) -> None:
    server.fail("400", where="/works?")
    result = look_up(["10.5555/final.4", "10.5555/jnw.2019.1"], client, KeptAnswers(), now=now)
    assert {answer.state for answer in result.answers.values()} == {"found"}


def test_one_bad_work_does_not_stop_the_rest(client: Crossref, server: CrossrefServer) -> None:
    server.fail("400", where="/works?")
    server.fail("wrong-doi", where="jnw.2019.1")
    result = look_up(["10.5555/jnw.2019.1", "10.5555/final.4"], client, KeptAnswers(), now=now)
    assert [answer.state for answer in result.answers.values()] == ["failed", "found"]
    assert result.stopped == ""


def test_trouble_that_lasts_ends_the_run(client: Crossref, server: CrossrefServer) -> None:
    server.fail_always("503")
    dois = [f"10.5555/{n}" for n in range(50)]
    result = look_up(dois, client, KeptAnswers(), now=now)
    assert len(result.of("failed")) == 50
    assert "cannot answer now" in result.stopped
    assert len(server.asked) <= 15


def test_a_cancelled_run_keeps_what_had_arrived_and_resumes(client: Crossref, server: CrossrefServer) -> None:
    cache = KeptAnswers()
    dois = ["10.5555/a,1", "10.5555/a,2", "10.5555/a,3"]
    server.add(*({"DOI": doi, "type": "book", "title": ["T"]} for doi in dois))

    def report(done: int, _total: int) -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        look_up(dois, client, cache, report, now=now)
    assert len(cache.kept) == 2
    result = look_up(dois, client, cache, now=now)
    assert len(result.of("found")) == 3
    assert len(server.asked) == 3


def test_progress_reaches_the_total(client: Crossref) -> None:
    seen: list[tuple[int, int]] = []
    look_up(DOIS, client, KeptAnswers(), lambda done, total: seen.append((done, total)), now=now)
    assert seen[0] == (0, 4)
    assert seen[-1] == (4, 4)
    assert seen == sorted(seen)


def answer_for(doi: str) -> Answer:
    work = next(work for work in works_in(FIXTURES) if work["DOI"] == doi)
    return Answer(doi, doi, "2026-03-01T12:00:00+00:00", work)


def test_an_outcome_says_what_differs() -> None:
    mine = {"title": "Sleep on the night ward", "volume": "12", "issued": {"date-parts": [[2018]]}}
    result = outcome(mine, answer_for("10.5555/jnw.2019.1"))
    assert result.state == "differs"
    kinds = {one.field: one.kind for one in result.fields}
    assert kinds["title"] == "richer"
    assert kinds["issued"] == "variant"
    assert kinds["page"] == "missing"
    assert "volume" not in kinds


def test_an_outcome_says_that_a_doi_was_merged() -> None:
    work = {"DOI": "10.5555/new", "type": "book", "title": ["Nights"], "aliases": ["10.5555/OLD"]}
    mine = {"DOI": "10.5555/old", "title": "Nights", "type": "book"}
    [difference] = outcome(mine, Answer("10.5555/old", "10.5555/new", "", work)).fields
    assert (difference.field, difference.kind) == ("DOI", "variant")
    assert "merged 10.5555/old into" in difference.note


def test_an_outcome_without_a_difference_is_found() -> None:
    answer = answer_for("10.5555/final.4")
    assert outcome(outcome({}, answer).theirs, answer).state == "found"


def test_an_outcome_of_a_notice_fails_with_the_reason() -> None:
    result = outcome({}, answer_for("10.5555/jnw.2021.n1"))
    assert result.state == "failed"
    assert "10.5555/jnw.2020.7" in result.reason
    assert outcome({}, Answer("a", "a", "", None, "not found", "No.")).state == "not found"


# Notices


def an_update(
    kind: str = "retraction", doi: str = "10.5555/n", source: str | None = "publisher"
) -> dict[str, Any]:
    entry = {"DOI": doi, "type": kind, "label": kind.replace("_", " ").capitalize(), "source": source}
    return {**entry, "updated": {"date-parts": [[2021, 3, 4]]}}


def test_one_notice_from_two_sources_is_one() -> None:
    work = {"DOI": "10.5555/p", "updated-by": [an_update(), an_update(source="retraction-watch")]}
    [update] = updates_of(work)
    assert update.kind == "retraction"
    assert update.sources == ("publisher", "retraction-watch")
    assert update.sentence == "Retraction (publisher, retraction-watch, 2021-03-04)"


def test_notices_come_gravest_first() -> None:
    kinds = ["erratum", "expression_of_concern", "partial_retraction", "new_version", "withdrawal"]
    work = {"DOI": "10.5555/p", "updated-by": [an_update(kind, f"10.5555/{kind}") for kind in kinds]}
    assert [update.kind for update in updates_of(work)] == [
        "retraction", "retraction", "concern", "correction", "new version",
    ]  # fmt: skip


def test_a_record_that_names_itself_a_new_version_has_no_notice() -> None:
    assert updates_of({"DOI": "10.5555/p", "updated-by": [an_update("new_version", "10.5555/P")]}) == []


def test_an_older_entry_without_a_source_counts_as_the_publishers() -> None:
    [update] = updates_of({"DOI": "10.5555/p", "updated-by": [an_update(source=None)]})
    assert update.sources == ("publisher",)


def test_a_notice_that_names_itself_retracted_is_discounted_only_on_retraction_watchs_word() -> None:
    both = {
        "updated-by": [an_update()],
        "update-to": [an_update(doi="10.5555/paper", source="retraction-watch")],
    }
    assert updates_of({"DOI": "10.5555/n", **both}) == []
    both["update-to"][0]["source"] = "publisher"
    assert len(updates_of({"DOI": "10.5555/n", **both})) == 1
    both["update-to"][0]["source"] = "retraction-watch"
    both["updated-by"].append(an_update(source="retraction-watch"))
    assert len(updates_of({"DOI": "10.5555/n", **both})) == 1


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("RETRACTED: Ten naps", "retraction"), ("Retracted article: Ten naps", "retraction"),
        ("[RETRACTED] Ten naps", "retraction"), ("WITHDRAWN: Ten naps", "retraction"),
        ("Expression of concern: Ten naps", "concern"), ("Retracted memories of sleep", None),
        ("Retraction: Ten naps", None), ("Withdrawn patients", None),
    ],
)  # fmt: skip
def test_titles_that_publishers_mark(title: str, kind: str | None) -> None:
    updates = updates_of({"DOI": "10.5555/p", "title": [title]})
    assert [update.kind for update in updates] == ([kind] if kind else [])


def test_a_marked_title_adds_nothing_to_a_known_retraction() -> None:
    assert len(updates_of(answer_for("10.5555/jnw.2020.7").work or {})) == 1


def test_recorded_notices() -> None:
    folder = next(
        (place for parent in Path(__file__).resolve().parents
         if (place := parent.parent / "shared" / "data" / "crossref" / "crossref" / "works").is_dir()), None,
    )  # fmt: skip
    if folder is None:
        pytest.skip("the recorded Crossref answers are not beside this checkout")

    def kinds(name: str) -> list[str]:
        work = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))["body"]["message"]
        return [update.kind for update in updates_of(work)]

    assert kinds("10.1016_s0140-6736_97_11096-0") == ["retraction", "correction"]
    assert kinds("10.1371_journal.pone.0064723") == ["concern"]
    assert kinds("10.1016_s0140-6736_10_60175-4") == []
    assert kinds("10.1371_journal.ppat.1006930") == []
    assert kinds("10.1073_pnas.1414271111") == ["correction"]
