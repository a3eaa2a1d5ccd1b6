"""Two made-up exports of forty works: four stand in both, and two are one work that no rule is sure of."""

from pathlib import Path

RELEVANT = ("reading circles", "memory cafés", "large print shelves", "home visits by librarians",
            "singing hours", "quiet rooms", "music lending", "life story books")  # fmt: skip
OTHERS = ("bridge paint", "tide gauges", "wool grading", "lift cables", "salt roads", "glass eels",
          "tram bells", "peat cutting")  # fmt: skip
LATE = "Night buses and the last train: a timetable for two towns"
LATE_AGAIN = "Night busses and the last train: a timetable for 2 towns"


def write_exports(folder: Path) -> tuple[Path, Path]:
    """Write the two files and return where they lie."""
    works = [_work(number) for number in range(1, 39)]
    late = _entry(LATE, "Marlow, Ida", 2011, "", "It sets the last bus by the last train.")
    again = _entry(LATE_AGAIN, "Marlow, I.", 2012, "", "The last bus waits for the last train.")
    medline, embase = folder / "Medline.ris", folder / "Embase.ris"
    medline.write_text("\n".join([*works[:24], late]), "utf-8")
    embase.write_text("\n".join([*works[20:], again]), "utf-8")
    return medline, embase


def _work(number: int) -> str:
    relevant = number % 5 == 0
    subject = (RELEVANT if relevant else OTHERS)[number % 8]
    place = "for people with dementia in public libraries" if relevant else "along the northern coast"
    title = f"A {number}-week study of {subject} {place}"
    abstract = (
        f"We counted {subject} {place} in {number + 3} towns. What was found differed from town to town."
    )
    return _entry(title, f"Author{number:02}, A.", 1990 + number % 30, f"10.5555/made.{number:03}", abstract)


def _entry(title: str, author: str, year: int, doi: str, abstract: str) -> str:
    lines = [("TY", "JOUR"), ("TI", title), ("AU", author), ("PY", str(year)), ("T2", "Made-up Letters"),
             ("AB", abstract), ("DO", doi), ("ER", "")]  # fmt: skip
    return "".join(f"{tag}  - {text}\n" for tag, text in lines if text or tag == "ER")
