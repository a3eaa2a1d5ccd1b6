"""The rules as they come, a table to read: name, label, why it holds, and what each field must say.

What the fields are and what they can say stands in `comparing.AGREEMENTS`."""

from typing import Final

from evidence_app.services.deduplication.rules import Rule, RuleSet

SAME: Final = (
    Rule(
        "doi", "Same DOI and title",
        "A DOI names one work; the titles agree but for spelling or a dropped subtitle, the authors "
        "do not differ.",
        "DOI same, title same near cut, numbers same fewer, authors same some unknown",
    ),
    Rule(
        "pmid", "Same PubMed number and title",
        "PubMed gives each work one number; the titles agree but for spelling or a dropped subtitle.",
        "PMID same, title same near cut, authors same some unknown",
    ),
    Rule(
        "trial", "Same entry of a trial register",
        "Both are entries of a register under one registration number.",
        "trial same, kind same",
    ),
    Rule(
        "place", "Same title, authors, journal, volume and pages",
        "Two works do not share title, authors, journal, volume and first page.",
        "title same near cut, numbers same fewer, authors same some, year same next unknown, journal "
        "same abbreviated part, volume same, pages whole same section first overlap",
    ),
    Rule(
        "place-other-journal", "Same title, authors, volume and pages, another journal name",
        "A journal is named in another language or way; title, authors, year, volume and pages agree.",
        "title same near cut, numbers same fewer, authors same, year same, journal differs unknown, "
        "volume same, pages whole same",
    ),
    Rule(
        "place-no-authors", "Same title, journal, volume and pages, no authors given",
        "One record names no author; title, year, journal, volume and pages agree.",
        "title same near, numbers same, authors unknown, year same, journal same abbreviated part, "
        "volume same, pages whole same first",
    ),
    Rule(
        "place-other-authors", "Same title, journal, volume and pages, authors written in another way",
        "Three pages or more belong to one paper; title, year, journal and volume agree, the names "
        "are misread.",
        "title same near cut, wording telling, numbers same fewer, authors differs, year same, "
        "journal same abbreviated part, volume same, pages whole",
    ),
    Rule(
        "place-reworded", "Same authors, journal, volume and pages, titles alike",
        "Three pages or more belong to one paper; authors, year, journal and volume agree, the titles "
        "are alike.",
        "title close, wording telling, numbers same fewer, authors same, year same, journal same "
        "abbreviated part, volume same, pages whole",
    ),
    Rule(
        "translated", "Same authors, volume and pages, translated title",
        "One title is marked as translated; authors, year, volume and three pages or more agree.",
        "title close differs, wording telling, translation yes, authors same, year same, volume same, "
        "pages whole",
    ),
    Rule(
        "no-pages", "Same title, authors, year, journal and volume, pages missing",
        "One record has no pages; everything else that both give agrees.",
        "title same near, wording telling, numbers same, authors same, year same next, journal same "
        "abbreviated part, volume same, issue same unknown, pages unknown",
    ),
    Rule(
        "no-place", "Same title, authors, year and journal, volume and pages missing",
        "One record has no volume and no pages; everything else that both give agrees.",
        "title same near, wording telling, numbers same, authors same, year same, journal same "
        "abbreviated, volume unknown, issue same unknown, pages unknown",
    ),
    Rule(
        "no-volume", "Same title, authors, year, journal and pages, volume missing",
        "One record has no volume; everything else agrees.",
        "title same near cut, numbers same fewer, authors same, year same, journal same abbreviated "
        "part, volume unknown, pages whole same first",
    ),
    Rule(
        "online-first", "Same title, authors, year and journal, pages of the online version",
        "One record has no volume yet and counts its pages from 1; title, authors, year and journal "
        "agree.",
        "title same, wording telling, numbers same, authors same, year same, journal same abbreviated "
        "part, volume unknown, issue same unknown, pages near",
    ),
    Rule(
        "other-volume", "Same title, authors, year, journal and pages, another volume",
        "The volume is a slip: title, authors, year, journal and three pages or more agree.",
        "title same near, wording telling, numbers same, authors same, year same, journal same "
        "abbreviated part, volume differs, pages whole",
    ),
    Rule(
        "other-pages", "Same title, authors, year, journal, volume and issue, pages a slip apart",
        "The pages differ by a digit, by a few pages or are those of a preview; everything else "
        "agrees.",
        "title same, wording telling, numbers same, authors same, year same, journal same abbreviated "
        "part, volume same, issue same unknown, pages near",
    ),
    Rule(
        "abstract", "Same title, authors, year and abstract",
        "Title, authors, year and abstract agree; nothing of where it appeared contradicts.",
        "title same near, wording telling, numbers same, authors same, year same, abstract same, "
        "journal same abbreviated part unknown, volume same unknown, pages whole same section first "
        "overlap near unknown",
    ),
)  # fmt: skip
"""The rules of the automatic level, the strongest first."""

APART: Final = (
    Rule(
        "kind", "One is an erratum, reply, protocol, retraction, preprint or register entry of the other",
        "They tell of one work but are not it.",
        "kind differs",
    ),
    Rule(
        "parts", "Other numbers in the titles",
        "Part 1 is not part 2, and 1999 is not 2009.",
        "numbers differs",
    ),
    Rule(
        "version", "Other versions",
        "The DOIs name two versions, or a Cochrane review was updated in another year.",
        "version differs",
    ),
    Rule(
        "generic-pages", "A title many works bear, on other pages",
        "Editorials, replies and letters are told apart by authors, volume, issue and pages alone.",
        "wording generic, pages section differs near unknown overlap, DOI differs unknown, PMID "
        "differs unknown",
    ),
    Rule(
        "generic-volume", "A title many works bear, in another volume",
        "Editorials, replies and letters are told apart by authors, volume, issue and pages alone.",
        "wording generic, volume differs unknown, DOI differs unknown, PMID differs unknown",
    ),
    Rule(
        "generic-issue", "A title many works bear, in another issue",
        "Editorials, replies and letters are told apart by authors, volume, issue and pages alone.",
        "wording generic, issue differs, DOI differs unknown, PMID differs unknown",
    ),
    Rule(
        "generic-authors", "A title many works bear, by other authors",
        "Editorials, replies and letters are told apart by authors, volume, issue and pages alone.",
        "wording generic, authors some differs unknown, DOI differs unknown, PMID differs unknown",
    ),
    Rule(
        "pmid-differs", "Two PubMed numbers",
        "PubMed holds them as two works.",
        "PMID differs",
    ),
    Rule(
        "doi-pages", "Two DOIs, and not all pages agree",
        "Two DOIs are two works, unless the place shows that one of them is wrong.",
        "DOI differs, pages section first overlap near differs unknown",
    ),
    Rule(
        "doi-volume", "Two DOIs and two volumes",
        "Two DOIs are two works, unless the place shows that one of them is wrong.",
        "DOI differs, volume differs unknown",
    ),
    Rule(
        "doi-title", "Two DOIs and two titles",
        "Two DOIs are two works, unless title and place show that one of them is wrong.",
        "DOI differs, title cut close differs unknown",
    ),
    Rule(
        "trial-differs", "Two registration numbers",
        "They are entries for two trials.",
        "trial differs",
    ),
    Rule(
        "another-place", "Another volume and other pages",
        "A work that appeared twice is two reports: abstract and article, reprint, joint publication.",
        "volume differs, pages near differs, PMID differs unknown",
    ),
    Rule(
        "another-journal", "Another journal and volume under one DOI",
        "A DOI that an abstract took over from the article is wrong.",
        "DOI same, journal differs, volume differs, PMID differs unknown",
    ),
    Rule(
        "another-year", "Years far apart",
        "More than a year lies between them.",
        "year differs, DOI differs unknown, PMID differs unknown, trial unknown differs",
    ),
)  # fmt: skip
"""What keeps two records apart at the automatic level, whatever a rule says."""

STRANGERS: Final = (
    Rule(
        "group-pages", "Other pages in a group",
        "Within a group, pages must not differ.",
        "pages differs, trial differs unknown",
    ),
    Rule(
        "group-volume", "Other volumes in a group",
        "Within a group, volumes must not differ.",
        "volume differs, trial differs unknown",
    ),
    Rule(
        "group-issue", "Other issues in a group, and no pages that agree",
        "Within a group, a supplement or another issue must share pages.",
        "issue differs, pages near differs unknown, trial differs unknown",
    ),
    Rule(
        "group-title", "Other titles in a group",
        "Within a group, titles must be alike unless one is a translation.",
        "title differs, translation no, pages same section first overlap near differs unknown, trial "
        "differs unknown",
    ),
)  # fmt: skip
"""What two records of one group must not do unless a rule unites these two: no chain merges strangers."""

JUDGED: Final = (
    Rule(
        "judge-doi", "Same DOI, other title or place",
        "An identifier is shared, but title or place do not agree: one of them may be wrong.",
        "DOI same",
    ),
    Rule(
        "judge-pmid", "Same PubMed number, other title",
        "An identifier is shared, but the titles do not agree: one of them may be wrong.",
        "PMID same",
    ),
    Rule(
        "judge-related", "One is an erratum, reply, protocol, preprint or register entry of the other",
        "They may tell of one work; a person may link them.",
        "kind differs, title same near cut close, authors same some, year same next unknown",
    ),
    Rule(
        "judge-title", "Same title and authors",
        "Title and authors agree; place or year do not.",
        "title same near cut, wording telling, numbers same fewer, authors same some, year same next "
        "unknown",
    ),
    Rule(
        "judge-title-any-year", "Same title and authors, another year",
        "Title and authors agree; the years are far apart.",
        "title same near, wording telling, numbers same, authors same",
    ),
    Rule(
        "judge-place", "Same volume and pages, other title",
        "Authors, volume and pages agree, the titles do not: perhaps a translation.",
        "title close differs unknown, authors same some unknown, year same next unknown, journal same "
        "abbreviated part, volume same, pages whole",
    ),
    Rule(
        "judge-translated", "Same volume and pages, translated title",
        "One title is marked as translated; authors, volume and pages agree.",
        "title close differs, translation yes, authors same some unknown, year same next unknown, "
        "volume same, pages whole same first",
    ),
    Rule(
        "judge-abstract", "Same authors and abstract, other title",
        "The abstracts agree word for word.",
        "abstract same, wording telling, numbers same fewer, authors same some unknown",
    ),
    Rule(
        "judge-no-authors", "Same title and journal, authors differ or are missing",
        "Title, year and journal agree; the authors do not, or are not given.",
        "title same near cut, wording telling, numbers same fewer, authors unknown differs, year same "
        "next unknown, journal same abbreviated part unknown",
    ),
    Rule(
        "judge-title-place", "Same title, volume and pages",
        "Title, volume and pages agree; authors, year or journal do not.",
        "title same near cut, volume same, pages whole same",
    ),
    Rule(
        "judge-generic", "A title many works bear, with the same authors, journal and year",
        "Title, authors, journal and year agree; volume, issue or pages are missing in one.",
        "title same near, wording generic, numbers same, authors same some unknown, year same, "
        "journal same abbreviated part, volume same unknown, issue same unknown, pages whole same "
        "first overlap near unknown",
    ),
    Rule(
        "judge-close", "Titles nearly alike at one place",
        "Authors, year, journal and volume agree; the titles are nearly alike.",
        "title close, wording telling, numbers same fewer, authors same, year same next, journal same "
        "abbreviated part, volume same unknown, pages whole same first overlap unknown",
    ),
    Rule(
        "judge-numbers", "Titles alike but for a number, at one place",
        "Title, authors, journal, volume and pages agree but for a number in the title.",
        "title same near cut close, authors same some, year same, journal same abbreviated part, "
        "volume same, pages whole same first",
    ),
    Rule(
        "judge-trial", "One registration number in two records",
        "A registration number is shared.",
        "trial same",
    ),
)  # fmt: skip
"""The rules that leave a pair to a person, the strongest first."""

STANDARD: Final = RuleSet(same=SAME, apart=APART, strangers=STRANGERS, judged=JUDGED)
"""The rules as they come."""
