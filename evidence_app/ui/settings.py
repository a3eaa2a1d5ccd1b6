"""What the user has set and the window remembers, in one INI file; every value typed."""

import json
import logging
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QSettings, Signal

from evidence_app.services.publishing.styles import DEFAULT_STYLE
from evidence_app.storage.applied import identity_from

log = logging.getLogger(__name__)

CROSSREF = "https://api.crossref.org"
RECENT = 10
REMEMBERED = 20


class Person(NamedTuple):
    """Somebody who works at this computer; without an identity they are new."""

    name: str
    initials: str
    guid: str


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings with their first values."""

    person_name: str = ""
    person_initials: str = ""
    person_guid: str = ""
    people: list[list[str]] = field(default_factory=list)
    """Everybody who worked here: name, initials and identity, the last one first."""
    contact_address: str = ""
    """Sent to Crossref with each request where it is not empty; empty until the user enters one."""
    crossref_url: str = CROSSREF
    theme: str = "system"
    text_size: int = 100
    density: str = "normal"
    citation_style: str = DEFAULT_STYLE
    recent_files: list[str] = field(default_factory=list)
    window_geometry: str = ""
    last_screen: str = ""
    columns: dict[str, list[Any]] = field(default_factory=dict)
    """What a screen remembers of its columns, by the name of the table."""
    kept: dict[str, str] = field(default_factory=dict)
    """What a screen remembers besides, under a name of its own: "library.filter"."""


ALLOWED: dict[str, tuple[Any, ...]] = {
    "theme": ("system", "light", "dark"),
    "density": ("compact", "normal", "comfortable"),
}
TEXT_SIZES = (100, 110, 125, 150, 175, 200)


class Preferences(QObject):
    """The settings in use; a change is kept at once and told with the names of what changed."""

    changed = Signal(object)

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        path.parent.mkdir(parents=True, exist_ok=True)
        self._store = QSettings(str(path), QSettings.Format.IniFormat)
        self.now = self._read()
        if self.now.person_name and not self.now.person_guid:
            self.enter_person(self.now.person_name, self.now.person_initials)

    def change(self, **values: Any) -> None:
        """Keep these values, and tell everybody which of them are new."""
        known = {name: _sound(name, value, getattr(self.now, name)) for name, value in values.items()}
        differing = {name: value for name, value in known.items() if getattr(self.now, name) != value}
        if not differing:
            return
        self.now = replace(self.now, **differing)
        for name, value in differing.items():
            self._store.setValue(name, json.dumps(value, ensure_ascii=False))
        self._store.sync()
        self.changed.emit(frozenset(differing))

    def enter_person(self, name: str, initials: str) -> None:
        """Keep who acts; the identity is made once and stays when the name is changed."""
        self.change(
            person_name=name.strip(),
            person_initials=initials.strip(),
            person_guid=self.now.person_guid or identity_from(name),
        )

    def work_as(self, person: Person) -> None:
        """Let somebody else work here, with an identity of their own; who worked before is remembered."""
        now = self.now
        guid = person.guid or identity_from(person.name)
        before = Person(now.person_name, now.person_initials, now.person_guid)
        kept = [list(person._replace(guid=guid)), list(before)]
        kept += [list(each) for each in self.people() if each.guid not in (guid, before.guid)]
        self.change(
            person_name=person.name, person_initials=person.initials, person_guid=guid,
            people=kept[:REMEMBERED],
        )  # fmt: skip

    def people(self) -> list[Person]:
        """Return everybody who worked here, the last one first."""
        return [Person(*map(str, each)) for each in self.now.people if len(each) == len(Person._fields)]

    def remember_file(self, path: Path) -> None:
        """Put a project on top of the recent files."""
        others = [file for file in self.now.recent_files if file != str(path)]
        self.change(recent_files=[str(path), *others][:RECENT])

    def keep(self, name: str, value: str) -> None:
        """Remember a value of a screen's own."""
        self.change(kept={**self.now.kept, name: value})

    def _read(self) -> Settings:
        first = Settings()
        read = {}
        for setting in fields(Settings):
            text = self._store.value(setting.name)
            if isinstance(text, str):
                read[setting.name] = _sound(setting.name, _parsed(text), getattr(first, setting.name))
        return replace(first, **read)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _sound(name: str, value: Any, otherwise: Any) -> Any:
    """Return the value if it is of the right type and allowed, else the one in its place."""
    if type(value) is not type(otherwise) or value not in ALLOWED.get(name, (value,)):
        log.info("The setting %s was not understood and stays as it is", name)
        return otherwise
    if name == "text_size":
        return min(max(value, TEXT_SIZES[0]), TEXT_SIZES[-1])
    return value
