"""Ranking records by likely relevance: TF-IDF of words and pairs of words, and linear models.

The one module that imports scikit-learn. Features, cost and balance follow the default of ASReview 3
(1-2-grams, linear SVM, C 0.11; all relevant records together weigh 9.8 times as much as all irrelevant ones).
Two such models, one that reads every word and one that passes over words like "the" and "of", rank better
together than either alone: in small sets the first learns too much from how abstracts are worded. A title is
read twice, for it says most of what a work is about. What else was tried is told in docs/screening.md."""

import warnings
from collections.abc import Mapping, Sequence
from typing import Any, Final

from evidence_app.domain.errors import EvidenceError

COST: Final = 0.11
SETTLED: Final = 0.05
"""When a fit is close enough: the order of 2,000 records stays (rank correlation .99999) in half the time."""
BALANCE: Final = 9.8
"""How much more all relevant records weigh than all irrelevant ones."""


class RankingMissing(EvidenceError):
    """The libraries that rank are not installed."""


class Ranking:
    """The texts of one set of records, ready to be ranked again after each decision."""

    def __init__(self, works: Sequence[tuple[str, str]]) -> None:
        """Prepare titles and abstracts; for 20,000 records this takes seconds. Raises `RankingMissing`."""
        try:
            from sklearn.feature_extraction.text import TfidfVectorizer
        except ImportError as error:
            raise RankingMissing(
                'Ranked screening needs scikit-learn. Install it with: pip install "evidence-desk[ranking]"'
            ) from error
        texts = [f"{title} {title} {abstract}" for title, abstract in works]
        common = 0.9 if len(texts) > 10 else 1.0
        self.size = len(texts)
        views = (
            _fitted(
                TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, max_df=common, stop_words=passed_over),
                texts,
            )
            for passed_over in (None, "english")
        )
        self._views = [view for view in views if view is not None]

    def scores(self, labels: Mapping[int, bool]) -> list[float]:
        """Return how likely each record is to be relevant, by its place; higher is likelier, 0 the border.

        `labels` are the decisions so far by place. Where they are all alike, every score is 0."""
        places = sorted(labels)
        wanted = [labels[place] for place in places]
        if len(set(wanted)) < 2 or not self._views:
            return [0.0] * self.size
        margins = [_margins(view, places, wanted) for view in self._views]
        return [float(score) for score in sum(each / (each.std() or 1.0) for each in margins)]


def _margins(features: Any, places: Sequence[int], wanted: Sequence[bool]) -> Any:
    """Return how far each record lies from the border between relevant and irrelevant."""
    from sklearn.svm import LinearSVC

    model = LinearSVC(C=COST, tol=SETTLED, random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a fit that has not quite settled ranks as well
        model.fit(features[places], wanted, sample_weight=_weights(wanted))
    return features @ model.coef_.ravel() + model.intercept_[0]


def _weights(wanted: Sequence[bool]) -> list[float]:
    """Return the weight of each label: by kind as `BALANCE` says, and as many in all as there are labels."""
    relevant = sum(wanted)
    irrelevant = relevant / (BALANCE * (len(wanted) - relevant))
    scale = len(wanted) / (relevant + irrelevant * (len(wanted) - relevant))
    return [scale if label else scale * irrelevant for label in wanted]


def _fitted(vectorizer: Any, texts: Sequence[str]) -> Any:
    try:
        return vectorizer.fit_transform(texts)
    except ValueError:  # no text holds a word
        return None
