"""What the screen says of the last look: nothing yet, nothing found, all settled; the header's fact."""

from evidence_app.domain.edit import counted
from evidence_app.services.deduplication.queue import Queue

NEVER = "Duplicates have not been looked for yet."
NONE_YET = "Records of one work will be here,\nside by side, once there are records."
STALE = "References came, went or were changed since duplicates were last looked for."
OTHER_RULES = "Other rules are in force than when duplicates were last looked for."


def detail_of(queue: Queue) -> str:
    """Return the fact beside the title: "2,675 records, 8 sources, 1,925 works"."""
    totals = queue.totals
    sources = [counted(totals.sources, "source")] if totals.sources else []
    return ", ".join([counted(totals.records, "record"), *sources, counted(totals.works, "work")])


def nothing_words(queue: Queue, shown: str) -> tuple[str, str]:
    """Return what an empty list says, and its button."""
    if not queue.totals.records:
        return NONE_YET, "Bring in records"
    if shown == "merged":
        return "Nothing is merged. What is merged\ncan be taken apart here at any time.", ""
    if shown == "different":
        return "No two references were judged\nto be different works.", ""
    if not queue.looked_at:
        return NEVER, "Find duplicates"
    rules = counted(sum(len(rules) for rules in queue.looked_by.by_kind.values()), "rule")
    pairs = counted(queue.compared, "pair")
    told = f"{counted(queue.among, 'reference')}, {pairs}\nwith a common key compared by {rules}"
    if queue.suggested or queue.merged:
        return f"Everything that was found is settled.\n{summary(queue)}\n{told}", "Look again"
    return f"No duplicates were found among\n{told}.", "Look again"


def summary(queue: Queue) -> str:
    """Return what PRISMA asks of duplicates: records, those merged and how, works that are left."""
    totals, different = queue.totals, len(queue.different)
    merged = counted(totals.by_rule + totals.by_person, "duplicate")
    how = f"{totals.by_rule:,} merged by rules, {totals.by_person:,} by a person"
    judged = f"; {counted(different, 'pair')} judged to be different works" if different else ""
    left = counted(totals.works, "work")
    return f"{counted(totals.records, 'record')} − {merged} = {left}\n{how}{judged}"


def progress_words(queue: Queue, place: int) -> str:
    """Return how far the judging is: "41 of 120"; place is that of the pair among those that wait."""
    return f"{min(queue.judged + place + 1, queue.suggested):,} of {queue.suggested:,}"


def stale_words(queue: Queue) -> str:
    """Return why what was found may not hold any more, or nothing."""
    if not queue.looked_at or not queue.stale:
        return ""
    return OTHER_RULES if queue.rules != queue.looked_by else STALE
