"""What is known of the network: the system's word, and how the last contact with Crossref went."""

import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from evidence_app.services.lookup.crossref import Crossref
from evidence_app.services.lookup.failures import NotRegistered, Unreachable
from evidence_app.ui.online import Network
from tests.crossref_server import CrossrefServer


def test_a_failed_contact_is_remembered_until_a_success(qtbot: QtBot) -> None:
    network = Network()
    told: list[bool] = []
    network.changed.connect(lambda: told.append(network.unreachable is not None))
    network.crossref_told(True)
    assert told == []
    network.crossref_told(False)
    first = network.unreachable
    assert first is not None
    network.crossref_told(False)
    assert network.unreachable is not None
    assert network.unreachable >= first
    network.crossref_told(True)
    network.crossref_told(True)
    assert told == [True, True, False]


def test_it_is_told_from_another_thread(qtbot: QtBot) -> None:
    network = Network()
    with qtbot.wait_signal(network.changed):
        thread = threading.Thread(target=network.crossref_told, args=(False,))
        thread.start()
        thread.join()
    assert network.unreachable is not None


def test_a_question_without_an_answer_is_no_contact_and_a_refusal_is_one(tmp_path: Path) -> None:
    told: list[bool] = []
    away = Crossref("http://127.0.0.1:9", told=told.append, wait=lambda _seconds: None)
    with pytest.raises(Unreachable):
        away.work("10.1000/a")
    assert told == [False]
    with CrossrefServer() as server:
        there = Crossref(server.url, told=told.append, wait=lambda _seconds: None)
        with pytest.raises(NotRegistered):
            there.work("10.1000/unknown")
        there.close()
    assert told == [False, True]
