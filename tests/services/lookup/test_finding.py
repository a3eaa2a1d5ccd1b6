from collections.abc import Iterator

import pytest

from evidence_app.domain.errors import Cancelled
from evidence_app.services.lookup.crossref import Crossref
from evidence_app.services.lookup.finding import find_dois
from tests.crossref_server import FIXTURES, CrossrefServer, works_in

HANDOVER = {
    "title": "Handover at dawn in rural clinics", "author": [{"family": "Oduya", "given": "K"}],
    "issued": {"date-parts": [[2022]]},
}  # fmt: skip


@pytest.fixture
def server() -> Iterator[CrossrefServer]:
    with CrossrefServer() as server:
        server.found = [work for work in works_in(FIXTURES) if work["DOI"].endswith(".4")]
        yield server


@pytest.fixture
def client(server: CrossrefServer) -> Iterator[Crossref]:
    now = [0.0]
    client = Crossref(server.url, clock=lambda: now[0], wait=lambda seconds: now.append(now.pop() + seconds))
    yield client
    client.close()


def test_each_reference_gets_its_match(client: Crossref, server: CrossrefServer) -> None:
    result = find_dois({7: HANDOVER, 8: {"note": "nothing to search for"}}, client)
    assert result.matches[7].state == "applied"
    assert result.matches[7].candidate is not None
    assert result.matches[7].candidate.doi == "10.5555/final.4"
    assert result.matches[8].state == "none"
    assert len(server.asked) == 1


def test_one_failure_does_not_stop_the_rest(client: Crossref, server: CrossrefServer) -> None:
    server.fail("cut-json")
    result = find_dois({"a": HANDOVER, "b": HANDOVER}, client)
    assert set(result.failed) == {"a"}
    assert result.matches["b"].state == "applied"
    assert result.stopped == ""


def test_a_network_that_wants_a_sign_in_stops_the_run(client: Crossref, server: CrossrefServer) -> None:
    server.fail_always("html")
    result = find_dois(dict.fromkeys(range(5), HANDOVER), client)
    assert len(result.failed) == 5
    assert "sign in" in result.stopped
    assert len(server.asked) == 1


def test_a_run_can_be_cancelled(client: Crossref, server: CrossrefServer) -> None:
    def report(done: int, _total: int) -> None:
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        find_dois({1: HANDOVER, 2: HANDOVER}, client, report)
    assert len(server.asked) == 1
