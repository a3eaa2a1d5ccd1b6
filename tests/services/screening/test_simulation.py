"""Replaying labelled sets: the metrics by hand, and a set of our own."""

import random
from pathlib import Path

import pytest

from evidence_app.domain.errors import EvidenceError
from evidence_app.services.screening.ranking import BALANCE, Ranking, _weights
from evidence_app.services.screening.simulation import loss, read_labelled, recall, screened, simulate, wss

YES, NO = True, False


def test_a_perfect_order_has_no_loss_and_the_worst_has_all() -> None:
    assert loss([YES, YES, NO, NO, NO]) == 0
    assert loss([NO, NO, NO, YES, YES]) == 1


def test_the_metrics_agree_with_counting_by_hand() -> None:
    found = [YES, NO, YES, NO, NO, NO, NO, NO, NO, NO]
    assert recall(found, 0.1) == 0.5
    assert recall(found, 0.2) == 0.5
    assert wss(found) == pytest.approx(1 - 3 / 10 - 0.05)
    assert loss(found) == pytest.approx(1 / 16)


def a_labelled_set(path: Path, records: int = 200, relevant: int = 12) -> Path:
    chance = random.Random(3)
    common = ["care", "health", "service", "people", "study", "method", "result", "policy", "need", "model"]
    about = ["commissioning", "co-production", "tender", "contract"]
    rows = ["title,abstract,label_included"]
    for at in range(records):
        words = chance.choices(common, k=30) + (chance.choices(about, k=3) if at < relevant else [])
        chance.shuffle(words)
        rows.append(f"Record {at},{' '.join(words)},{int(at < relevant)}")
    path.write_text("\n".join(rows), "utf-8")
    return path


def test_ranking_finds_what_is_like_the_relevant_ones_early(tmp_path: Path) -> None:
    done = simulate(a_labelled_set(tmp_path / "set.csv"))
    assert (done.records, done.included) == (200, 12)
    assert done.recall20 == 1
    assert done.loss < 0.05


def test_the_same_seed_gives_the_same_order(tmp_path: Path) -> None:
    texts, labels = read_labelled(a_labelled_set(tmp_path / "set.csv", 60, 6))
    orders = [screened(Ranking(texts), labels, seed=1)[0] for _ in range(2)]
    assert orders[0] == orders[1]
    assert sorted(orders[0]) == list(range(60))


def test_without_both_kinds_of_label_nothing_is_ranked() -> None:
    assert Ranking([("a study", ""), ("another study", "")]).scores({0: True}) == [0.0, 0.0]
    assert Ranking([("", ""), ("", "…")]).scores({0: True, 1: False}) == [0.0, 0.0]


def test_a_word_of_the_title_says_more_than_the_same_word_of_an_abstract() -> None:
    filler = "care health service people study method"
    works = [
        (f"Tender {filler}", ""), (f"Other {filler}", ""), ("Survey", f"wards tender beds {filler}"),
        ("Tender", f"wards survey beds {filler}"),
    ]  # fmt: skip
    scores = Ranking(works).scores({0: True, 1: False})
    assert scores[3] > scores[2]


def test_several_starts_are_told_as_their_means(tmp_path: Path) -> None:
    path = a_labelled_set(tmp_path / "set.csv", 60, 6)
    apart = [simulate(path, seed) for seed in (0, 1)]
    both = simulate(path, starts=2)
    assert both.starts == 2
    assert both.loss == pytest.approx((apart[0].loss + apart[1].loss) / 2)


@pytest.mark.parametrize("content", ["title\nA", "a,b\n1,2", "", "title,label_included\nA,1\nB,1"])
def test_a_table_that_cannot_be_replayed_is_told_in_a_sentence(tmp_path: Path, content: str) -> None:
    path = tmp_path / "set.csv"
    path.write_text(content)
    with pytest.raises(EvidenceError):
        simulate(path)


def test_all_relevant_labels_together_weigh_as_much_as_the_balance_says() -> None:
    labels = [True] * 3 + [False] * 57
    weights = _weights(labels)
    assert sum(weights) == pytest.approx(60)
    assert sum(weights[:3]) / sum(weights[3:]) == pytest.approx(BALANCE)


def a_set_of(
    path: Path, labels: list[str], head: str = "title,abstract,label_included", mark: str = ","
) -> Path:
    rows = [mark.join((f"Café {at}", f"words {at}", label)) for at, label in enumerate(labels)]
    path.write_text("\n".join([head.replace(",", mark), *rows]), "utf-8")
    return path


@pytest.mark.parametrize(
    ("yes", "no"),
    [("1", "0"), ("Yes", "No"), ("Y", "n"), ("T", "F"), ("True", "False"), ("1.0", "0.0"),
     ("included", "excluded"), ("Relevant", "Irrelevant"), ("1", "-1"), ("1", ""), (" 1 ", " 0 "),
     ("maybe", "nan")],
)  # fmt: skip
def test_labels_are_read_as_people_write_them(tmp_path: Path, yes: str, no: str) -> None:
    _, labels = read_labelled(a_set_of(tmp_path / "set.csv", [yes, no, no]))
    assert labels == [True, False, False]


def test_a_label_that_says_neither_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="“banana”"):
        read_labelled(a_set_of(tmp_path / "set.csv", ["1", "banana"]))


@pytest.mark.parametrize(
    "head",
    ["TITLE,ABSTRACT,LABEL_INCLUDED", " title , abstract , included ",
     "primary_title,notes_abstract,inclusion", "Article Title,Abstract,final_included"],
)  # fmt: skip
def test_columns_may_bear_other_usual_names(tmp_path: Path, head: str) -> None:
    works, labels = read_labelled(a_set_of(tmp_path / "set.csv", ["1", "0"], head))
    assert (works, labels) == ([("Café 0", "words 0"), ("Café 1", "words 1")], [True, False])


@pytest.mark.parametrize("mark", [";", "\t", ","])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "latin-1", "utf-16", "cp1252"])
def test_any_encoding_and_delimiter_is_read(tmp_path: Path, mark: str, encoding: str) -> None:
    path = a_set_of(tmp_path / "set.csv", ["1", "0"], mark=mark)
    path.write_bytes(path.read_text("utf-8").encode(encoding))
    works, labels = read_labelled(path)
    assert (works[0], labels) == (("Café 0", "words 0"), [True, False])


def test_one_relevant_record_and_none_that_is_left_to_rank(tmp_path: Path) -> None:
    done = simulate(a_set_of(tmp_path / "set.csv", ["1", "0"]))
    assert (done.records, done.included, done.loss, done.ms_per_retrain) == (2, 1, 0.0, 0.0)


def test_a_file_that_is_not_there_is_told_without_its_number(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match=r"could not be opened \(No such file or directory\)\.$"):
        read_labelled(tmp_path / "no.csv")
