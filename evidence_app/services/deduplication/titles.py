"""A title as it is compared: folded words without notes of the database, its numbers, and what it announces.

Databases put a translated title in brackets, add the language, notes on errata or the kind of work, drop
subtitles and write Greek letters out; none of that makes another work. Numbers do: part 1 is not part 2."""

import html
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from evidence_app.domain.reference import folded, plain
from evidence_app.services.lookup.likeness import MARKED_TITLE

STOP_WORDS: Final = frozenset(
    ("a", "an", "the", "of", "in", "on", "and", "or", "for", "to", "with", "by", "from", "at", "as", "is",
     "are", "its", "der", "die", "das", "und", "von", "zur", "zum", "bei", "mit", "im", "ein", "eine", "des",
     "le", "la", "les", "de", "du", "et", "en", "el", "los", "las", "del", "y"),
)  # fmt: skip
_LANGUAGES: Final = (
    "afrikaans|albanian|arabic|bosnian|bulgarian|catalan|chinese|croatian|czech|danish|dutch|english|estonian"
    "|finnish|flemish|french|georgian|german|greek|hebrew|hungarian|icelandic|indonesian|italian|japanese"
    "|korean|latvian|lithuanian|macedonian|malay|norwegian|persian|polish|portuguese|romanian|russian|serbian"
    "|slovak|slovene|slovenian|spanish|swedish|thai|turkish|ukrainian|vietnamese"
)
_LANGUAGE_NOTE: Final = re.compile(
    rf"\s*[\[(<](?:(?:article|original|text|written)\s+)?(?:in\s+)?(?:{_LANGUAGES})"
    rf"(?:[\s,;/&-]+(?:and\s+)?(?:{_LANGUAGES}))*(?:\s+(?:translation|version|text|article))?"
    r"(?:,?\s+with\s[^\])]*)?[\])>]\s*\.?\s*$",
    re.IGNORECASE,
)
_NOTES: Final = (
    r"(?:see comments?|comments?|comment (?:in|on)|(?:published )?erratum (?:appears|in)|corrected"
    r"|retracted|retraction (?:in|appears)|summary for|update(?:d)?(?: of| in)?|republished|reprint"
    r"|reprinted|review|\d+ refs?|letter|editorial|abstract|clinical conference|proceedings"
    r"|in process citation|meeting abstract|conference abstract)\b"
)
_DATABASE_NOTE: Final = re.compile(
    rf"\s*(?:\[{_NOTES}[^\]]*\]|\({_NOTES}[^)]*\))\s*\.?\s*$|\s*\[(?:corrected|sic)\]", re.IGNORECASE
)
_CITED_PLACE: Final = re.compile(r"\s*[\[(][^\])]*\b(?:1[89]|20)\d\d\b[^\]]*[\])]\s*\.?\s*$")
"""Where a corrected work appeared, as its erratum says: `[Journal 12 (2011) 1-9]`."""
_BRACKETED: Final = re.compile(r"^\s*\[(.*)\]\s*[.:]*\s*$", re.DOTALL)
_SECOND_TITLE: Final = re.compile(
    r"^(?P<one>.{12,}?)(?:\s+=\s+|\s+/\s+|\s*<original>\s*|\.?\s*\[)(?P<two>.{12,}?)\]?\.?\s*$",
    re.DOTALL | re.IGNORECASE,
)
_SUBTITLE: Final = re.compile(r"[:.?!;]\s|\s[-–—]+\s|\s?[–—]\s?")
_GREEK: Final = {
    "α": " alpha ", "β": " beta ", "γ": " gamma ", "δ": " delta ", "ε": " epsilon ", "κ": " kappa ",
    "λ": " lambda ", "μ": " mu ", "ω": " omega ", "σ": " sigma ", "τ": " tau ", "ß": " beta ",
}  # fmt: skip
_ROMAN: Final = {
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9",
    "x": "10", "xi": "11", "xii": "12",
}  # fmt: skip
_OPPOSITES: Final = frozenset(
    (("men", "women"), ("man", "woman"), ("male", "female"), ("males", "females"), ("boys", "girls"),
     ("first", "second"), ("second", "third"), ("first", "third"), ("third", "fourth"), ("one", "two"),
     ("two", "three"), ("systolic", "diastolic"), ("acute", "chronic"), ("upper", "lower"), ("high", "low"),
     ("higher", "lower"), ("short", "long"), ("left", "right"), ("early", "late"), ("mothers", "fathers"),
     ("maternal", "paternal"), ("anterior", "posterior"), ("increased", "decreased"), ("urban", "rural"),
     ("north", "south"), ("northern", "southern"), ("east", "west"), ("eastern", "western"),
     ("pediatric", "geriatric"), ("paediatric", "geriatric"), ("adult", "child"), ("adults", "children"),
     ("younger", "older"), ("positive", "negative"), ("incidence", "prevalence"), ("morbidity", "mortality"),
     ("sensitivity", "specificity"), ("primary", "secondary"), ("before", "after"), ("with", "without"),
     ("increase", "decrease"), ("increases", "decreases"), ("medial", "lateral"), ("proximal", "distal"),
     ("ventral", "dorsal"), ("arterial", "venous"), ("benign", "malignant"), ("efficacy", "safety"),
     ("black", "white"), ("summer", "winter"), ("day", "night"), ("oral", "rectal"), ("nasal", "oral"),
     ("invasive", "noninvasive"), ("ischemic", "hemorrhagic"), ("ischaemic", "haemorrhagic")),
)  # fmt: skip
_TURNED: Final = frozenset(
    ("non", "no", "not", "without", "anti", "pre", "post", "un", "sub", "never", "neither", "former", "ex")
)
"""Words that make another work of a title in which they stand: non-small cell, post-stroke."""
_OPPOSITE_BEGINNINGS: Final = (
    ("hypo", "hyper"), ("pre", "post"), ("intra", "inter"), ("intra", "extra"), ("micro", "macro"),
    ("in", "out"), ("mono", "poly"), ("uni", "multi"), ("homo", "hetero"), ("alpha", "beta"),
    ("non", ""), ("un", ""), ("anti", ""), ("pre", ""), ("post", ""), ("dis", ""), ("sub", ""), ("inter", ""),
    ("over", "under"), ("endo", "exo"), ("up", "down"), ("in", "de"), ("de", "re"), ("ab", "ad"), ("im", ""),
    ("in", ""),
)  # fmt: skip
_AMBIGUOUS: Final = frozenset(("i", "iv", "v", "vi", "x"))
_COUNTED: Final = frozenset(
    ("part", "phase", "type", "stage", "study", "class", "grade", "group", "trial", "teil")
)
_LETTERED: Final = frozenset(("part", "type", "class", "grade", "teil"))
_LETTERS: Final = frozenset("bcdefgh")
_WORD: Final = re.compile(r"[^\W_]+")
_DIGITS: Final = re.compile(r"\d+")
_TRIAL: Final = re.compile(
    r"\b(NCT\d{8}|ISRCTN\d{8}|ACTRN\d{14}|ChiCTR[-\w]*\d{6,}|CTRI/\d{4}/\d{2,3}/\d+|DRKS\d{8}|IRCT\w{10,}"
    r"|UMIN\d{9}|KCT\d{7}|TCTR\d{11}|PACTR\d{15,16}|NTR\d{3,5}|NL\d{3,5}|\d{4}-\d{6}-\d{2}"
    r"|JPRN-\w+|RBR-\w{6})\b",
    re.IGNORECASE,
)

_KINDS: Final = {
    "erratum": re.compile(
        r"^\W*(?:published )?(?:erratum|errata|corrigend\w+|addendum|(?:author|publisher)\W?s? correction"
        r"|corrections?(?=\W*$| to\b|:)|(?:correction|erratum) (?:to|for)\b)|\W(?:correction|erratum)\W*$"
        r"|[\[(]vol\.? \w+[^\])]*, (?:pg|art)\b[^\])]*[\])]\W*$"
    ),
    "retraction": re.compile(
        r"^\W*(?:retraction|withdrawal)(?: note| notice)?(?=\W*$| to\b| of\b|:)|^\W*notice of retraction"
        r"|^\W*(?:editorial )?expression of concern(?=\W*$| on\b| about\b| for\b| regarding\b| to\b|:)"
        r"|[\[(](?:retraction|withdrawal|expression of concern)(?: note| notice)?(?: of\b[^\])]*)?[\])]\W*$"
    ),
    "reply": re.compile(
        r"^\W*(?:in )?(?:(?:reply|rebuttal)(?: to\b|\W*$|:| from\b| by\b)|response(?:\W*$|:| from\b| by\b))"
        r"|^\W*(?:in )?response to:|^\W*comments? (?:regarding|concerning)\b"
        r"|^\W*(?:in )?response to (?:the )?(?:letters?|comments?|correspondence|editor|dr|prof|[\"'“‘])"
        r"|^\W*re:\s|\Wreply\W*$"
        r"|\bauthors?['\u2019]?s? (?:reply|response)\b"
        r"|^\W*(?:invited |editorial )?(?:comments?|commentary)(?: on\b| to\b|:)"
        r"|(?:[:.?!\u2013\u2014]|\s-)\s*(?:invited |editorial )?"
        r"(?:comments?|commentary|discussion|rejoinder|response)\W*$"
    ),
    "protocol": re.compile(
        r"\b(?:study|trial|review|research) protocol\b|\bprotocol (?:for|of) an?\b|[:.–—-] ?(?:a )?protocol\b"
    ),
    "summary": re.compile(
        r"^\W*(?:summar(?:y|ies) (?:of|for)|abstracts? (?:of|from)|highlights from|cochrane corner)"
    ),
}
"""What a title announces to be, other than the work it names."""

_GENERIC: Final = frozenset(
    ("abstract", "abstracts", "acknowledgement", "acknowledgements", "address", "annotation",
     "annotations", "announcement", "announcements", "answer", "author", "authors", "available", "board",
     "book", "books", "brief", "case", "chair", "clinical", "comment", "commentary", "comments",
     "committee", "communication", "conclusion", "conference", "contents", "contributors", "correction",
     "correspondence", "cover", "discussion", "editor", "editorial", "editorials", "editors", "epilogue",
     "erratum", "foreword", "from", "guest", "highlights", "index", "information", "introduction",
     "introductory", "invited", "issue", "journal", "keynote", "letter", "letters", "list", "literature",
     "masthead", "media", "meeting", "message", "new", "news", "no", "not", "note", "notes", "obituary",
     "opinion", "overview", "page", "paper", "perspective", "perspectives", "poster", "preface",
     "preliminary", "president", "presidential", "proceedings", "program", "programme", "prologue",
     "questions", "reader", "readers", "remarks", "reply", "report", "reports", "research", "response",
     "review", "reviewers", "reviews", "s", "section", "session", "special", "speech", "summary",
     "supplement", "symposium", "table", "thank", "this", "title", "untitled", "update", "viewpoint",
     "volume", "welcome", "you"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Title:
    """One title, ready to be compared."""

    words: tuple[str, ...] = ()
    letters: str = ""
    """The words run together: hyphens and blanks do not count."""
    numbers: tuple[str, ...] = ()
    """The numbers it names, sorted; Roman ones and words for parts as digits."""
    main: str = ""
    """The letters before a subtitle, where there is one."""
    other: str = ""
    """The letters of a second title behind `=` or in brackets, where there is one."""
    kinds: frozenset[str] = frozenset()
    """What it announces: erratum, retraction, reply, protocol, summary."""
    is_translated: bool = False
    """Whether brackets or a note of the language say that it is not the title as printed."""
    is_generic: bool = False
    """Whether many works may bear it: Editorial, Letter to the editor, Re: and the title of a work."""

    def __bool__(self) -> bool:
        return bool(self.letters)


NO_TITLE: Final = Title()


def title_of(text: str) -> Title:
    """Return a title as it is compared."""
    text = _unescaped(plain(text))
    bare, translated = _without_notes(text)
    kinds = _kinds(bare)
    if "erratum" in kinds:
        bare = _CITED_PLACE.sub("", bare) or bare
    marked = MARKED_TITLE.sub("", bare)
    words = _in_digits(words_of(marked))
    letters = "".join(words)
    if not letters:
        return Title()
    one, other = _two_titles(marked)
    return Title(
        words=words, letters=letters, numbers=_numbers(words), main=_main(marked, letters) or one,
        other=other, kinds=kinds, is_translated=translated or bool(other),
        is_generic=bool(kinds & {"reply", "erratum"}) or _is_generic(words),
    )  # fmt: skip


def _unescaped(text: str) -> str:
    return html.unescape(html.unescape(text)) if "&" in text else text


def _without_notes(text: str) -> tuple[str, bool]:
    """Return a title without what databases add, and whether they say that it was translated."""
    translated = False
    for _ in range(4):
        before = text
        text = _DATABASE_NOTE.sub("", text)
        without = _LANGUAGE_NOTE.sub("", text)
        bracketed = _BRACKETED.match(without)
        if bracketed and "[" not in bracketed[1]:
            without = bracketed[1]
        translated = translated or without != text
        text = without
        if text == before or not text.strip():
            break
    return (text if text.strip() else before), translated


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text for comparing: folded, Greek letters and numerals in one spelling."""
    if not text.isascii():
        for letter, name in _GREEK.items():
            if letter in text:
                text = text.replace(letter, name)
    return tuple(_WORD.findall(folded(text).replace("&", " and ").replace("'s", "s").replace("\u2019s", "s")))


def _in_digits(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words with Roman numerals in digits; `I`, `IV` and `V` only behind `part` and the like."""
    return tuple(
        _ROMAN[word] if word in _ROMAN and at and (word not in _AMBIGUOUS or _is_part(words, at)) else word
        for at, word in enumerate(words)
    )


def _is_part(words: tuple[str, ...], at: int) -> bool:
    return at == len(words) - 1 or words[at - 1] in _COUNTED


def _numbers(words: tuple[str, ...]) -> tuple[str, ...]:
    found = [digits.lstrip("0") or "0" for word in words for digits in _DIGITS.findall(word)]
    return tuple(sorted([*found, *(word for at, word in enumerate(words) if at and _is_lettered(words, at))]))


def _is_lettered(words: tuple[str, ...], at: int) -> bool:
    """Whether a letter stands for a number: part B, type A; `a` may be the article behind other words."""
    if words[at] == "a":
        return words[at - 1] in _LETTERED
    return words[at] in _LETTERS and words[at - 1] in _COUNTED


def _main(text: str, letters: str) -> str:
    """Return the letters before the subtitle, if what stands there can stand for the title."""
    for found in _SUBTITLE.finditer(text):
        words = _in_digits(words_of(text[: found.start()]))
        main = "".join(words)
        if len(words) >= 4 and len(main) >= 20 and main != letters:
            return main
    return ""


def _two_titles(text: str) -> tuple[str, str]:
    found = _SECOND_TITLE.match(text)
    if not found:
        return "", ""
    one, two = (_in_digits(words_of(found[name])) for name in ("one", "two"))
    return ("".join(one), "".join(two)) if len(one) > 2 and len(two) > 2 else ("", "")


def _kinds(text: str) -> frozenset[str]:
    lower = text.lower()
    return frozenset(name for name, pattern in _KINDS.items() if pattern.search(lower))


def _is_generic(words: tuple[str, ...]) -> bool:
    telling = [
        word for word in words if word not in STOP_WORDS and word not in _GENERIC and not word.isdigit()
    ]
    return len(telling) < 2 or sum(map(len, telling)) < 10


def trials_in(text: str) -> frozenset[str]:
    """Return the registration numbers of trials that a text names."""
    return frozenset(found.upper() for found in _TRIAL.findall(text))


def left_over(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Return the words of each title that the other lacks, in order, without stop words."""
    mine, theirs = Counter(one) - Counter(other), Counter(other) - Counter(one)
    return _telling(one, mine), _telling(other, theirs)


def _telling(words: tuple[str, ...], wanted: Counter[str]) -> list[str]:
    return [word for word in words if word in wanted and word not in STOP_WORDS]


def are_opposites(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether words that two titles do not share look alike and mean another thing: men and women.

    So do titles of which one has `non` or `without` and the other has not."""
    if _turning(one, other) != _turning(other, one):
        return True
    return any(_is_opposite(mine, theirs) or _is_opposite(theirs, mine) for mine in one for theirs in other)


def _turning(one: Sequence[str], other: Sequence[str]) -> set[str]:
    """Return the words that turn a title's meaning; `post stroke` is `poststroke`."""
    return {
        word
        for at, word in enumerate(one)
        if word in _TURNED and "".join(one[at : at + 2]) not in (other if at + 1 < len(one) else ())
    }


def _is_opposite(word: str, other: str) -> bool:
    if (word, other) in _OPPOSITES:
        return True
    return any(
        word.startswith(start) and other.startswith(end) and word[len(start) :] == other[len(end) :]
        for start, end in _OPPOSITE_BEGINNINGS
    )
