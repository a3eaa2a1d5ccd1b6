import gzip
import json
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from evidence_app.domain.errors import Cancelled
from evidence_app.services.lookup.crossref import BATCH, Crossref
from evidence_app.services.lookup.failures import (
    Broken,
    CrossrefError,
    Forbidden,
    Garbled,
    NotCrossref,
    NotRegistered,
    Refused,
    TooManyRequests,
    TooSlow,
    Unavailable,
    Unreachable,
    WrongWork,
)
from tests.crossref_server import CrossrefServer


class Time:
    """A clock that only moves when somebody waits, and keeps what was waited."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.waits: list[float] = []

    def clock(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds
        self.waits.append(seconds)

    @property
    def waited(self) -> float:
        return round(sum(self.waits), 3)


def a_work(doi: str = "10.5555/sleep.2019", **more: Any) -> dict[str, Any]:
    return {"DOI": doi, "type": "journal-article", "title": ["Sleep on the night ward"], **more}


@pytest.fixture
def server() -> Iterator[CrossrefServer]:
    with CrossrefServer(
        [a_work(), a_work("10.5555/(sici)1097<1::aid-x>3.0.co;2-#"), a_work("10.5555/a,b")]
    ) as server:
        yield server


@pytest.fixture
def time_() -> Time:
    return Time()


@pytest.fixture
def crossref(server: CrossrefServer, time_: Time) -> Iterator[Crossref]:
    client = Crossref(server.url, clock=time_.clock, wait=time_.wait, jitter=lambda: 0.0)
    yield client
    client.close()


@pytest.fixture
def hasty(server: CrossrefServer) -> Iterator[Crossref]:
    """Asks in real time and has none to lose."""
    client = Crossref(server.url, deadline=0.4, silence=0.3, jitter=lambda: 0.0)
    yield client
    client.close()


def test_one_work_comes_back_as_crossref_has_it(crossref: Crossref) -> None:
    assert crossref.work("10.5555/Sleep.2019") == a_work()


def test_odd_letters_in_a_doi_reach_crossref_whole(crossref: Crossref, server: CrossrefServer) -> None:
    doi = "10.5555/(SICI)1097<1::AID-X>3.0.CO;2-#"
    assert crossref.work(doi)["DOI"] == doi.lower()
    assert server.asked == [f"/works/{doi}"]
    with pytest.raises(NotRegistered):
        crossref.work("10.5555/sleep.2019#abstract")


def test_several_dois_are_one_question_and_the_unknown_are_absent(
    crossref: Crossref, server: CrossrefServer
) -> None:
    found = crossref.works(["10.5555/SLEEP.2019", "10.5555/nowhere", "10.5555/a,b"])
    assert set(found) == {"10.5555/SLEEP.2019"}
    assert len(server.asked) == 1
    assert "a,b" not in server.asked[0]


def test_a_question_has_room_for_one_batch(crossref: Crossref) -> None:
    with pytest.raises(ValueError):
        crossref.works([f"10.5555/{n}" for n in range(BATCH + 1)])


def test_search_asks_for_a_few_works_by_bibliographic_text(
    crossref: Crossref, server: CrossrefServer
) -> None:
    server.found = [a_work()]
    assert [work["DOI"] for work in crossref.search("Sleep on the\n night ward")] == ["10.5555/sleep.2019"]
    assert "query.bibliographic=Sleep+on+the+night+ward" in server.asked[0]
    assert "rows=5" in server.asked[0]


def test_a_merged_doi_leads_to_the_work_that_lists_it(crossref: Crossref, server: CrossrefServer) -> None:
    server.move("10.5555/old", "10.5555/new")
    server.add(a_work("10.5555/new", aliases=["10.5555/OLD"]))
    assert crossref.work("10.5555/old")["DOI"] == "10.5555/new"


def test_a_redirect_to_a_work_that_does_not_list_the_doi_is_refused(
    crossref: Crossref, server: CrossrefServer
) -> None:
    server.move("10.5555/old", "10.5555/sleep.2019")
    with pytest.raises(WrongWork, match=r"10\.5555/old.*10\.5555/sleep\.2019"):
        crossref.work("10.5555/old")


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("wrong-doi", WrongWork),
        ("html", NotCrossref),
        ("redirect-away", NotCrossref),
        ("no-message", Garbled),
        ("cut-json", Garbled),
        ("loop", Garbled),
        ("404-json", NotRegistered),
        ("400", Refused),
        ("403", Forbidden),
    ],
)
def test_faults_that_repeating_cannot_mend_are_told_at_once(
    crossref: Crossref, server: CrossrefServer, fault: str, error: type[CrossrefError]
) -> None:
    server.fail(fault, times=3 if fault == "loop" else 1)
    with pytest.raises(error) as raised:
        crossref.work("10.5555/sleep.2019")
    assert str(raised.value).endswith(".")
    assert crossref.work("10.5555/sleep.2019")["DOI"] == "10.5555/sleep.2019"


@pytest.mark.parametrize("fault", ["429", "500", "503", "504-html", "dropped", "cut"])
def test_passing_faults_are_met_by_asking_again(
    crossref: Crossref, server: CrossrefServer, time_: Time, fault: str
) -> None:
    server.fail(fault, times=3)
    assert crossref.work("10.5555/sleep.2019")["DOI"] == "10.5555/sleep.2019"
    assert len(server.asked) == 4
    assert time_.waited >= 1 + 2 + 4


@pytest.mark.parametrize(
    ("fault", "error"), [("429", TooManyRequests), ("503", Unavailable), ("dropped", Broken)]
)
def test_lasting_faults_end_after_five_attempts(
    crossref: Crossref, server: CrossrefServer, fault: str, error: type[CrossrefError]
) -> None:
    server.fail_always(fault)
    with pytest.raises(error):
        crossref.work("10.5555/sleep.2019")
    assert len(server.asked) == 5


@pytest.mark.parametrize(("fault", "seconds"), [("429-soon", 7.0), ("503-soon", 7.0), ("429-date", 0.0)])
def test_retry_after_is_honoured(
    crossref: Crossref, server: CrossrefServer, time_: Time, fault: str, seconds: float
) -> None:
    server.fail(fault)
    crossref.work("10.5555/sleep.2019")
    assert seconds <= time_.waited < seconds + 0.5


def test_a_pause_longer_than_the_call_may_last_is_reported_not_waited(
    crossref: Crossref, server: CrossrefServer, time_: Time
) -> None:
    server.fail("429-later")
    with pytest.raises(TooManyRequests) as raised:
        crossref.work("10.5555/sleep.2019")
    assert raised.value.wait == 3600
    assert time_.waited == 0


@pytest.mark.parametrize("fault", ["slow", "drip", "drip-headers"])
def test_no_answer_outlasts_its_deadline(hasty: Crossref, server: CrossrefServer, fault: str) -> None:
    server.fail_always(fault)
    begun = time.monotonic()
    with pytest.raises(TooSlow):
        hasty.work("10.5555/sleep.2019")
    assert time.monotonic() - begun < 2


def test_nothing_listening_is_unreachable(time_: Time) -> None:
    with CrossrefServer() as server:
        address = server.url
    client = Crossref(address, clock=time_.clock, wait=time_.wait)
    with pytest.raises(Unreachable, match="check the network") as refused:
        client.work("10.5555/sleep.2019")
    assert "Errno" not in str(refused.value)


def test_a_cancel_ends_a_slow_answer(server: CrossrefServer) -> None:
    server.fail_always("slow")
    client = Crossref(server.url)
    calls = 0

    def watch() -> None:
        nonlocal calls
        calls += 1
        if calls > 4:
            raise Cancelled

    with client.watched(watch), pytest.raises(Cancelled):
        client.work("10.5555/sleep.2019")
    client.close()


def test_a_cancel_ends_a_pause(crossref: Crossref, server: CrossrefServer, time_: Time) -> None:
    server.fail("429-soon")

    def watch() -> None:
        if time_.waited > 1:
            raise Cancelled

    with crossref.watched(watch), pytest.raises(Cancelled):
        crossref.work("10.5555/sleep.2019")
    assert time_.waited < 2
    assert crossref.work("10.5555/sleep.2019")


def test_the_pace_is_what_the_last_reply_said(
    crossref: Crossref, server: CrossrefServer, time_: Time
) -> None:
    server.headers = {"x-rate-limit-limit": "2", "x-rate-limit-interval": "1s"}
    for _ in range(3):
        crossref.work("10.5555/sleep.2019")
    assert crossref.pause_of("single") == pytest.approx(0.55)
    assert time_.waited == pytest.approx(1.1)
    assert crossref.pause_of("list") == 1.0


def test_no_address_is_sent_unless_the_user_entered_one(server: CrossrefServer) -> None:
    for mailto in (None, "", "reader@example.org"):
        client = Crossref(server.url, mailto)
        client.work("10.5555/sleep.2019")
        client.close()
    assert ["mailto:reader@example.org" in agent for agent in server.agents] == [False, False, True]
    assert not any("mailto" in agent for agent in server.agents[:2])


def test_a_packed_answer_is_unpacked(crossref: Crossref, server: CrossrefServer) -> None:
    answer = gzip.compress(json.dumps({"status": "ok", "message": a_work()}).encode())
    server.canned = (200, {"content-type": "application/json", "content-encoding": "gzip"}, answer)
    assert crossref.work("10.5555/sleep.2019") == a_work()
    server.canned = (
        200,
        {"content-type": "application/json", "content-encoding": "gzip"},
        b"\x1f\x8b" + answer[9:],
    )
    with pytest.raises(Garbled, match="unpacked"):
        crossref.work("10.5555/sleep.2019")


def test_the_proxy_of_the_environment_is_used(
    server: CrossrefServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", server.url)
    monkeypatch.delenv("no_proxy", raising=False)
    client = Crossref("http://crossref.invalid")
    assert client.work("10.5555/sleep.2019") == a_work()
    client.close()
    assert server.asked == ["http://crossref.invalid/works/10.5555/sleep.2019"]


@pytest.mark.parametrize("doi", ["", "ward", "10.5/x", "https://doi.org/10.5555/x", "10.5555/a b"])
def test_what_is_no_doi_is_not_asked_for(crossref: Crossref, server: CrossrefServer, doi: str) -> None:
    with pytest.raises(NotRegistered, match="is not a DOI"):
        crossref.work(doi)
    assert crossref.works([doi]) == {}
    assert server.asked == []


def test_several_threads_share_one_queue(server: CrossrefServer) -> None:
    dois = [f"10.5555/{n}" for n in range(20)]
    server.add(*map(a_work, dois))
    client = Crossref(server.url)
    found: list[str] = []
    threads = [
        threading.Thread(target=lambda part=dois[n::4]: found.extend(client.work(doi)["DOI"] for doi in part))
        for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    client.close()
    assert sorted(found) == sorted(dois)
