"""The offices of persons whom a report names without one, from the overlay: the user's own actors and the registry of what was read.

Only with ``--actors`` or ``--registry``: the office of a record is otherwise what the report states. The registry does not learn
from an office filled in here, since it stands in no mention.
"""

from __future__ import annotations

from dragoman.coding.draft import Draft, DraftActor
from dragoman.knowledge.base import Knowledge, Named, bare, name_words

FORMER = "ELI"


class KnownOffices:
    """The step that fills ``office`` of named persons; made with knowledge that has an overlay."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def __call__(self, draft: Draft) -> None:
        """Give every named person without an office the one that the overlay has for the report's date."""
        date = draft.report.published
        for actor in draft.actors:
            if actor.kind == "person" and not actor.office and FORMER not in actor.sectors and date:
                entry = self._entry(actor, date)
                if entry is not None and entry.holds_on(date) and actor.country in ("", entry.country):
                    actor.office = entry.office

    def _entry(self, actor: DraftActor, date: str) -> Named | None:
        """What the overlay, not the tables, has of a person on a date."""
        overlay = self.knowledge.overlay
        words = name_words(actor.name)
        if overlay is None or not words:
            return None
        if len(words) > 1:
            return overlay.own(bare(actor.name), date) or overlay.read(bare(actor.name), date)
        terms = overlay.own_in_office(words[0], date) or overlay.read_in_office(words[0], date)
        return terms[0] if len({(term.name, term.country) for term in terms}) == 1 else None
