"""Made-up exports of many kinds, some damaged, and what is no export at all."""

import json
from pathlib import Path
from typing import Final

UNREADABLE: Final = 2
"""Files of the folder that hold no references."""
LOST: Final = "AU  - Lost, Ben\nTI  - A record without its beginning\nPY  - 2001\n"

_SCOPUS: Final = """TY  - JOUR
TI  - {title}
AU  - {author}
PY  - {year}
T2  - Made-up Letters
VL  - {volume}
SP  - {first}
EP  - {last}
DB  - Scopus
ER  -

"""
_NBIB: Final = """PMID- {pmid}
TI  - {title}.
AU  - {author}
DP  - {year} Mar
JT  - Made-up letters
VI  - {volume}
PG  - {first}-{last}

"""
_WOS: Final = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Adams, B
TI Counting owls from a moving train
SO MADE-UP LETTERS
PY 2014
UT WOS:000000001
ER

EF
"""
_ENW: Final = """%0 Journal Article
%A Brook, Cy
%T Ferry queues in fog
%J Made-up Letters
%D 2016

"""
_XML: Final = """<?xml version="1.0" encoding="UTF-8"?><xml><records><record><rec-number>1</rec-number>
<ref-type name="Journal Article">17</ref-type><contributors>
<authors><author>Crane, Dee</author></authors></contributors>
<titles><title>Lamps along a towpath</title><secondary-title>Made-up Letters</secondary-title></titles>
<dates><year>2018</year></dates></record></records></xml>
"""
_BIB: Final = """@article{dale, author = {Dale, Eve}, title = {Chalk marks on old gates},
  journal = {Made-up Letters}, year = {2012}}
"""
_CSV: Final = """Title,Authors,Year,Journal,DOI
"Moss on northern roofs","Elm, Fay",2011,Made-up Letters,10.5555/made.moss
"Tunnels for toads","Fern, Gus",2010,Made-up Letters,10.5555/made.toads
"""
_TITLES: Final = ("Rooks on weathercocks", "Mist over the salt works", "Benches facing the wrong way",
                  "Night fishing under bridges", "Lost gloves of one winter",
                  "Rails that hum before rain")  # fmt: skip


def _work(at: int, **said: object) -> dict[str, object]:
    return {
        "title": _TITLES[at], "author": f"Gale{at}, Hal", "year": 2001 + at, "volume": 3 + at,
        "first": 10 * at + 11, "last": 10 * at + 19, "pmid": 90_000_001 + at, **said,
    }  # fmt: skip


def write_folder(folder: Path) -> int:
    """Write a folder of mixed exports, some in a folder of their own; return how many records they hold."""
    older = folder / "older"
    older.mkdir(parents=True)
    files = {
        "scopus.ris": "".join(_SCOPUS.format(**_work(at)) for at in range(6)) + LOST,
        "set.nbib": "".join(_NBIB.format(**_work(at, author=f"Gale{at} H")) for at in range(4)),
        "savedrecs.txt": _WOS, "ferry.enw": _ENW, "lamps.xml": _XML, "gates.bib": _BIB, "roofs.csv": _CSV,
        "walls.json": json.dumps(
            [{"id": "w", "type": "book", "title": "Dry walls", "issued": {"date-parts": [[1999]]}}]
        ),
        "older/again.ris": _SCOPUS.format(**_work(5, volume="", first="", last="", year=2007)),
        "minutes.txt": "Dear all,\nthe minutes of the meeting are attached.\n", "empty.ris": "",
    }  # fmt: skip
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return 6 + 4 + 1 + 1 + 1 + 1 + 2 + 1 + 1


def write_large(file: Path, records: int) -> None:
    """Write an export that takes a while."""
    lines = "AB  - " + "It was counted again and again. " * 40
    file.write_text(
        "".join(
            f"TY  - JOUR\nTI  - Long count {at}\nAU  - Hill, Ivo\nPY  - 2003\n{lines}\nER  - \n\n"
            for at in range(records)
        ),
        "utf-8",
    )
