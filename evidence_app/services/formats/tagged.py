"""One tolerant line reader for all tagged formats: RIS, MEDLINE, Web of Science, Ovid, EndNote, RefWorks.

A grammar says how a line carries a tag and how records begin and end; the reader never refuses a file,
keeps every line with its record, and reports what belongs to none."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from evidence_app.services.formats.records import RawRecord, Unplaced


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """How one family of tagged files is written."""

    tag: re.Pattern[str]
    """Matches a line that carries a tag; its groups are the tag and the value."""
    begins: frozenset[str] = frozenset()
    """Tags that begin a record, unless the open record began otherwise and has none of them yet."""
    ends: frozenset[str] = frozenset()
    """Tags that end a record."""
    titles: frozenset[str] = frozenset()
    """Tags that only a whole record carries; they tell a record nobody began from late tags."""
    needs_begin: bool = True
    """Whether tags outside a record begun by its mark belong to no record."""
    blank_parts: bool = False
    """Whether a blank line before a tag parts two records."""
    mark_holds: bool = False
    """Whether a record that began with its mark goes on behind a blank line until a tag repeats."""
    mark: re.Pattern[str] | None = None
    """A line without a tag that begins a record (`<8>`)."""
    headers: frozenset[str] = frozenset()
    """Tags of the file rather than of a record."""
    lists: frozenset[str] = frozenset()
    """Tags whose untagged next lines are further values."""
    between: re.Pattern[str] | None = None
    """Lines exporters put between records; they stay with the record but carry nothing."""
    wrapped: str = " "
    """What joins an indented continuation to its value."""


@dataclass(slots=True)
class _Open:
    """The record being read."""

    line: int
    marked: bool
    """Whether it began with one of the tags that begin records."""
    lines: list[str] = field(default_factory=list)
    tags: list[tuple[str, str]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    ended: bool = False
    late: int | None = None
    """Where tags begin that followed the end of the record."""
    late_line: int = 0
    late_start: int = 0


Block = RawRecord | Unplaced


class TaggedReader:
    """Reads tagged lines to records; `expected` counts the records begun so far."""

    def __init__(self, grammar: Grammar) -> None:
        self.expected = 0
        self._grammar = grammar
        self._open: _Open | None = None
        self._between: list[str] = []
        self._between_line = 0
        self._stray: list[str] = []
        self._stray_line = 0
        self._blank = True

    def read(self, lines: Iterable[str]) -> Iterator[Block]:
        """Yield the records and unplaced blocks of the lines, in order."""
        match = self._grammar.tag.match
        mark = self._grammar.mark
        may_part = not self._grammar.needs_begin
        marks = self._grammar.begins | self._grammar.ends | self._grammar.headers
        for number, raw_line in enumerate(lines, 1):
            line = raw_line.rstrip("\n")
            found = match(line)
            current = self._open
            if found and current and not current.ended and not (self._blank and may_part):
                tag = found[1]
                if tag not in marks:  # so it is nearly always: the tag belongs to the open record
                    current.tags.append((tag, (found[2] or "").strip()))
                    current.seen.add(tag)
                    current.lines.append(line)
                    self._blank = False
                    continue
            if found:
                yield from self._tagged(number, line, found[1], (found[2] or "").strip())
            elif not line.strip():
                self._blank_line(line)
                continue
            elif mark and mark.match(line):
                yield from self._begin(number, line)
            else:
                self._untagged(number, line)
            self._blank = False
        yield from self._close()

    def _tagged(self, number: int, line: str, tag: str, value: str) -> Iterator[Block]:
        grammar = self._grammar
        if tag in grammar.headers:
            self._outside(number, line, known=True)
            return
        if self._starts_record(tag):
            yield from self._begin(number, line)
        current = self._open
        if current is None:
            self._outside(number, line, known=False)
            return
        if tag in grammar.ends:
            yield from self._end(current, line)
            return
        if current.ended and current.late is None:
            self._begin_late(current, number)
        current.tags.append((tag, value))
        current.seen.add(tag)
        if not (current.lines and current.lines[-1] is line):
            current.lines.append(line)

    def _starts_record(self, tag: str) -> bool:
        grammar, current = self._grammar, self._open
        if tag in grammar.begins and (current is None or current.ended or tag in current.seen):
            return True
        if grammar.needs_begin:
            return False
        if current is None or current.ended:
            return tag not in grammar.ends
        if not (grammar.blank_parts and self._blank and current.tags):
            return False
        return not (grammar.mark_holds and current.marked) or tag in current.seen

    def _begin(self, number: int, line: str) -> Iterator[Block]:
        yield from self._close(keep_between=True)
        self.expected += 1
        found = self._grammar.tag.match(line)
        marked = bool(found and found[1] in self._grammar.begins)
        self._open = _Open(number, marked, [*self._between, line])
        self._between = []

    def _end(self, current: _Open, line: str) -> Iterator[Block]:
        if current.late is not None:
            self._settle_late(current, line)
        elif current.ended:
            self._outside(0, line, known=True)
        else:
            current.lines.append(line)
        current.ended = True
        yield from self._strays()

    def _begin_late(self, current: _Open, number: int) -> None:
        current.late, current.late_line = len(current.tags), number
        current.lines += self._between
        self._between = []
        current.late_start = len(current.lines)

    def _settle_late(self, current: _Open, line: str | None = None) -> None:
        """Tags after the end belong to the record, unless they are a record nobody began."""
        if line is not None:
            current.lines.append(line)
        late, current.late = current.late, None
        if late is None or not any(tag in self._grammar.titles for tag, _ in current.tags[late:]):
            return
        self._stray_line = self._stray_line if self._stray else current.late_line
        self._stray += current.lines[current.late_start :]
        del current.lines[current.late_start :]
        del current.tags[late:]

    def _untagged(self, number: int, line: str) -> None:
        current, grammar = self._open, self._grammar
        apart = grammar.blank_parts and not grammar.mark_holds and self._blank and line[:1] not in " \t"
        if current is None or (current.ended and current.late is None) or apart:
            known = bool(grammar.between and grammar.between.match(line))
            self._outside(number, line, known=known)
            return
        current.lines.append(line)
        if grammar.between and self._blank and grammar.between.match(line):
            return
        if not current.tags:
            return
        tag, value = current.tags[-1]
        text = line.strip()
        if tag in grammar.lists and value:
            current.tags.append((tag, text))
        elif not value:
            current.tags[-1] = (tag, text)
        else:
            joint = grammar.wrapped if line[:1] in " \t" else "\n\n" if self._blank else "\n"
            current.tags[-1] = (tag, f"{value}{joint}{text}")

    def _blank_line(self, line: str) -> None:
        self._blank = True
        if self._open and not self._open.ended:
            self._open.lines.append(line)

    def _outside(self, number: int, line: str, known: bool) -> None:
        if known:
            self._between.append(line)
            return
        if not self._stray:
            self._stray_line = number
        self._stray.append(line)

    def _strays(self) -> Iterator[Block]:
        if self._stray:
            text = "\n".join(self._stray)
            yield Unplaced(self._stray_line, text, "This text stands outside any record.")
            self._stray = []

    def _close(self, keep_between: bool = False) -> Iterator[Block]:
        current, self._open = self._open, None
        if current is not None:
            self._settle_late(current)
            if not keep_between:
                current.lines += self._between
                self._between = []
            while current.lines and not current.lines[-1].strip():
                current.lines.pop()
            yield RawRecord(tuple(current.tags), "\n".join(current.lines), current.line)
        elif not keep_between and self._between:
            self._stray_line = self._stray_line or 1
            self._stray += self._between
            self._between = []
        yield from self._strays()
