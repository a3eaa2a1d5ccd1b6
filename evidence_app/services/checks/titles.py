"""Checks of titles: markup left over, capitals, quotation marks and brackets."""

import html
import re
from collections.abc import Iterator
from typing import Final

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.query import words
from evidence_app.domain.reference import Reference, plain
from evidence_app.services.checks.results import Fix, Found, Level, about, rule
from evidence_app.services.checks.scope import called, in_question, text_of

_CSL = "https://docs.citationstyles.org/en/stable/specification.html"
_MARKUP = "https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html#html-like-formatting-tags"
_TITLES: Final = ("title", "container-title", "publisher", "collection-title", "original-title")
_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_TAG = re.compile(r"</?([a-zA-Z][\w:.-]*)(?:\s[^<>]*)?/?>")
_ALLOWED: Final = frozenset({"i", "b", "sub", "sup", "span", "sc"})
_LATEX = re.compile(r"\\[a-zA-Z]+\{|\{\\['\"`^~]|\$[^$\s][^$]*\\[^$]*\$")


def title_words(reference: Reference) -> list[str]:
    """Return the folded words of a title."""
    return words(reference.title)


@rule(
    "markup-in-title", Level.STYLE, "Markup left in a title",
    "Databases leave tags, entities (`&amp;`) or LaTeX in titles. They would print as they stand. "
    "Italics, bold, "
    "sub- and superscript are no fault.",
    "Turn entities into their letters and take out foreign tags",
    link=_MARKUP,
)  # fmt: skip
def markup_in_title(contents: ReviewContents) -> Iterator[Found]:
    """Find tags CSL does not know, entities and LaTeX in titles, journals and publishers."""
    for reference in in_question(contents):
        for variable in _TITLES:
            value = text_of(reference, variable)
            left = _left_over(value)
            if not left:
                continue
            clean = without_markup(value)
            fix = Fix("Take out the markup", reference.id, variable, value, clean) if clean != value else None
            found = about(reference, f"{called(reference)}: the {variable} holds {left}.", fix)
            yield Found(f"{found.subject}:{variable}", found.message, found.references, fix=fix)


def _left_over(text: str) -> str:
    found = [match[0] for match in _ENTITY.finditer(text) if html.unescape(match[0]) != match[0]]
    found += [match[0] for match in _TAG.finditer(text) if match[1].lower() not in _ALLOWED]
    found += [match[0] for match in _LATEX.finditer(text)]
    return ", ".join(dict.fromkeys(found))


def without_markup(text: str) -> str:
    """Return text with entities as letters, also where they were escaped twice, and foreign tags gone."""
    for _ in range(3):
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    text = _TAG.sub(lambda found: found[0] if found[1].lower() in _ALLOWED else "", text)
    return re.sub(r"  +", " ", text).strip()


@rule(
    "title-all-capitals", Level.STYLE, "Title in capitals",
    "The whole title is in capitals. Styles cannot turn it back, since names and abbreviations are "
    "lost in it.",
    "Write it as the work itself does",
    link="https://www.ncbi.nlm.nih.gov/books/NBK7282/",
)  # fmt: skip
def title_all_capitals(contents: ReviewContents) -> Iterator[Found]:
    """Find titles of three words or more without small letters."""
    for reference in in_question(contents):
        long = [word for word in re.findall(r"[^\W\d_]+", reference.title) if len(word) > 3]
        if len(long) >= 3 and sum(word.isupper() for word in long) > 0.8 * len(long):
            yield about(reference, f"{called(reference)}: “{reference.title}” is in capitals.")


@rule(
    "unusual-capitals", Level.STYLE, "Unusual capitals in a title",
    "A capital stands inside a word that other titles write small, or one article's title has capitals "
    "throughout among titles that have not.",
    ("Write the title as the list's other titles are written", "Waive it if the work itself is printed so"),
    link="https://www.ncbi.nlm.nih.gov/books/NBK7282/",
)  # fmt: skip
def unusual_capitals(contents: ReviewContents) -> Iterator[Found]:
    """Find capitals inside ordinary words, and title case among sentence case."""
    references = in_question(contents)
    small = {word.lower() for each in references for word in re.findall(r"\b[A-Za-z][a-z]{3,}\b", each.title)}
    articles = {
        each.id: each for each in references if each.item.get("type") in ("article-journal", "chapter")
    }
    sentences = sum(_capital_share(each.title)[0] < 0.5 for each in articles.values())
    mostly_small = len(articles) >= 5 and sentences >= 0.75 * len(articles)
    for reference in references:
        odd = [word for word in re.findall(r"[^\W\d_]{4,}", reference.title) if _is_odd(word, small)]
        if odd:
            named = ", ".join(f"“{word}”" for word in odd)
            yield about(reference, f"{called(reference)}: {named} in its title.")
        elif mostly_small and reference.id in articles and _in_title_case(reference.title):
            what = f"“{reference.title}” has capitals where other titles have none"
            yield about(reference, f"{called(reference)}: {what}.")


def _is_odd(word: str, small: set[str]) -> bool:
    """Return whether the word has a capital inside and is an ordinary word elsewhere."""
    inside = any(letter.isupper() for letter in word[1:]) and any(letter.islower() for letter in word[1:])
    return inside and word.lower() in small


_SMALL_WORDS: Final = frozenset(
    ("a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "nor", "of", "on", "or", "the",
     "to", "via", "with", "within"),
)  # fmt: skip
_NEVER_NAMES: Final = frozenset(
    ("am", "are", "at", "be", "can", "do", "does", "from", "how", "is", "it", "its", "our", "should", "their",
     "to", "us", "was", "we", "were", "what", "where", "why", "with", "you", "your"),
)  # fmt: skip


def _in_title_case(title: str) -> bool:
    """Return whether capitals run through the title: more of them than a proper name in it explains."""
    share, capitals = _capital_share(title)
    inside = [word for part in _sentences(title) for word in part[1:]]
    never_names = sum(word.lower() in _NEVER_NAMES and word[0].isupper() for word in inside)
    return never_names >= 2 or (share >= 0.8 and capitals >= (3 if never_names else 6))


def _sentences(title: str) -> list[list[str]]:
    parts = re.split(r"[:.?!—–]\s*|[‘“\"(\[]|(?<!\w)'", title)
    return [re.findall(r"[^\W\d_][\w'’-]*", part) for part in parts]


def _capital_share(title: str) -> tuple[float, int]:
    """Return how many of the words capitals are a choice for have one: as a share, and counted."""
    chosen: list[bool] = []
    for part in _sentences(title):
        for word in part[1:]:
            if word.lower() not in _SMALL_WORDS and not word[1:2].isupper():
                chosen.append(word[0].isupper())
    return (sum(chosen) / len(chosen) if chosen else 0.0, sum(chosen))


@rule(
    "unmatched-marks", Level.STYLE, "Unmatched quotation marks or brackets",
    "A bracket or quotation mark in the title is opened and not closed, or the other way round.",
    "Add the one that is missing, or take out the other",
    link=_CSL,
)  # fmt: skip
def unmatched_marks(contents: ReviewContents) -> Iterator[Found]:
    """Find titles whose brackets or quotation marks do not pair; apostrophes are left alone."""
    for reference in in_question(contents):
        wrong = unmatched(reference.title)
        if wrong:
            yield about(reference, f"{called(reference)}: “{reference.title}” has an unmatched {wrong}.")


def unmatched(text: str) -> str:
    """Return the first bracket or quotation mark without its partner, or nothing."""
    for left, right in (("(", ")"), ("[", "]"), ("{", "}"), ("“", "”"), ("«", "»")):
        if text.count(left) != text.count(right):
            german = left == "“" and text.count("„") + text.count("”") == text.count("“")
            if not german and not (left == "(" and re.search(r"(?:^|\s)[\da-z]{1,3}\)", text)):
                return left if text.count(left) > text.count(right) else right
    if text.count("‘") > text.count("’"):
        return "‘"
    return '"' if text.count('"') % 2 and not re.search(r"\d\"", text) else ""


@rule(
    "title-final-stop", Level.STYLE, "Title ends with a full stop",
    "Styles set the stop after a title themselves; with one stored it may print twice.",
    "Take off the stop",
    link=_CSL,
)  # fmt: skip
def title_final_stop(contents: ReviewContents) -> Iterator[Found]:
    """Find titles that end in a single full stop which is not part of an abbreviation."""
    for reference in in_question(contents):
        title = text_of(reference, "title")
        if (
            re.search(r"[^\W\d_]{4,}\.$", plain(title))
            and plain(title).count(".") == 1
            and title.endswith(".")
        ):
            fix = Fix("Take off the stop", reference.id, "title", title, title[:-1])
            yield about(reference, f"{called(reference)}: the title ends with a full stop.", fix)


RULES = (title_all_capitals, unusual_capitals, markup_in_title, unmatched_marks, title_final_stop)
