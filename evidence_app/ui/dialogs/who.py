"""Who works here: people who share one computer change places without signing out of it."""

from collections.abc import Mapping, Sequence

from evidence_app.ui.dialogs.person import initials_of
from evidence_app.ui.settings import Person, Preferences
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.widgets.pick_dialog import Offer, PickDialog

WHY = (
    "What is done from now on stands under this name. Everybody has decisions, codings and an undo of "
    "their own; what others keep blind is not shown."
)
NEW = -1


def people_to_offer(settings: Preferences, in_review: Mapping[str, str]) -> list[tuple[Person, str]]:
    """Return who may work here, with what is known of them: who works now, then this computer, the review.

    `in_review` are the identities by name, as the project has them; they count where both know a name."""
    known = {name.casefold(): guid for name, guid in in_review.items()}
    now = settings.now
    at_work = Person(now.person_name, now.person_initials, now.person_guid)
    found = {at_work.guid: (at_work, "works here now")}
    for each in settings.people():
        guid = known.get(each.name.casefold(), each.guid)
        held = "in this review" if guid in in_review.values() else "on this computer"
        found.setdefault(guid, (Person(each.name, each.initials, guid), held))
    for name, guid in in_review.items():
        found.setdefault(guid, (Person(name, initials_of(name), guid), "in this review"))
    return list(found.values())


class WhoDialog(PickDialog):
    """The people of the review and of this computer; a name nobody has yet is somebody new."""

    def __init__(self, parts: Parts, people: Sequence[tuple[Person, str]]) -> None:
        self.people = [person for person, _told in people]
        offers = [Offer(at, person.name, told) for at, (person, told) in enumerate(people)]
        super().__init__(parts, "Who works here?", "Work under this name", offers, "People", WHY)
        self.filter.setPlaceholderText("Type a name; a new one is somebody new")

    def _show(self) -> None:
        name = self._typed()
        kept = [each for each in self.offers if each.row != NEW]
        if name and all(each.words.casefold() != name.casefold() for each in kept):
            kept = [*kept, Offer(NEW, name, "somebody new")]
        self.offers = kept
        super()._show()

    def _typed(self) -> str:
        return " ".join(self.filter.text().split())

    @property
    def chosen(self) -> Person | None:
        """Who was taken; somebody new has no identity yet."""
        if self.taken is None:
            return None
        if self.taken.row == NEW:
            return Person(self.taken.words, initials_of(self.taken.words), "")
        return self.people[self.taken.row]
