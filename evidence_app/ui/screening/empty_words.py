"""What is said where a queue holds nothing, and the act that goes on from there."""

from evidence_app.domain.edit import counted
from evidence_app.domain.screening import Stage
from evidence_app.services.screening.desk_queue import QueueState

NO_RECORDS = (
    "The records of your searches are judged here. Import them first; nothing else is needed to begin."
)


PACKET_DONE = "You have judged every record of this packet. Send this file back to whoever gave it to you."


def empty_words(state: QueueState, *, packet: bool = False) -> tuple[str, str, str]:
    """Return the sentence, the words on its button, and what pressing that does: a queue or a screen.

    `packet` is for a file that was given out to be judged and goes back."""
    if not state.records:
        return NO_RECORDS, "Go to Searches", "screen:searches"
    if state.stage is Stage.FULL_TEXT and not state.counts.get("all"):
        return (
            "No record has gone on to full text yet. What you include at title and abstract comes here.",
            "Go to title and abstract", "stage:title-abstract",
        )  # fmt: skip
    if state.key == "conflicts" and state.blind and not state.settles:
        waiting = counted(state.conflicts, "record")
        said = (
            f"{waiting} need a decision by somebody."
            if state.conflicts != 1
            else f"{waiting} needs a decision."
        )
        return (
            f"{said} While screening is blind, conflicts are shown to an adjudicator only. "
            "The protocol names one, or lifts the blindness.",
            "Open the protocol…", "act:protocol",
        )  # fmt: skip
    if state.key == "unscreened" or (state.key in ("second", "maybe") and not state.counts["unscreened"]):
        maybe = state.counts.get("maybe", 0)
        if maybe:
            return (
                f"You have judged everything here. {counted(maybe, 'maybe')} left to settle.",
                "Show maybe",
                "maybe",
            )
        if packet:
            return PACKET_DONE, "Show its folder", "act:folder"
        if state.stage is not Stage.FULL_TEXT:
            return (
                "You have judged every record at title and abstract.", "Go on to full text", "stage:full text"
            )  # fmt: skip
        return "You have judged every report at full text.", "Show all", "all"
    said = {
        "second": "No record waits for your second vote.", "maybe": "Nothing is left as maybe.",
        "mine": "You have judged nothing at this stage yet.", "conflicts": "No conflict is open.",
        "flagged": "You have flagged nothing at this stage.",
    }.get(state.key, "Nothing is in this queue.")  # fmt: skip
    return said, "Show unscreened", "unscreened"
