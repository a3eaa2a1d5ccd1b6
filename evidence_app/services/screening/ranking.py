"""Ranking records by likely relevance: TF-IDF of words and pairs of words, and a linear model.

The one module that imports scikit-learn. The features and the cost of a missed study follow the default
of ASReview 3 (1-2-grams, linear SVM, C 0.11, a relevant record weighing 9.8 irrelevant ones)."""

import warnings
from collections.abc import Mapping, Sequence
from typing import Any, Final

from evidence_app.domain.errors import EvidenceError

COST: Final = 0.11
WEIGHT_OF_RELEVANT: Final = 9.8


class RankingMissing(EvidenceError):
    """The libraries that rank are not installed."""


class Ranking:
    """The texts of one set of records, ready to be ranked again after each decision."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Prepare the texts; for 20,000 abstracts this takes seconds. Raises `RankingMissing`."""
        try:
            from sklearn.feature_extraction.text import TfidfVectorizer
        except ImportError as error:
            raise RankingMissing(
                'Ranked screening needs scikit-learn. Install it with: pip install "evidence-desk[ranking]"'
            ) from error
        common = 0.9 if len(texts) > 10 else 1.0
        self.size = len(texts)
        self._features = _fitted(TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, max_df=common), texts)

    def scores(self, labels: Mapping[int, bool]) -> list[float]:
        """Return how likely each record is to be relevant, by its place; higher is likelier.

        `labels` are the decisions so far by place. Where they are all alike, every score is 0."""
        places = sorted(labels)
        wanted = [labels[place] for place in places]
        if len(set(wanted)) < 2 or self._features is None:
            return [0.0] * self.size
        from sklearn.svm import LinearSVC

        model = LinearSVC(C=COST, class_weight={True: WEIGHT_OF_RELEVANT, False: 1.0})
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a fit that has not quite settled ranks as well
            model.fit(self._features[places], wanted)
        return [float(score) for score in model.decision_function(self._features)]


def _fitted(vectorizer: Any, texts: Sequence[str]) -> Any:
    try:
        return vectorizer.fit_transform(texts)
    except ValueError:  # no text holds a word
        return None
