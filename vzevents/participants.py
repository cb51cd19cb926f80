"""Choices + parties -> participants: who did it, to whom, joining whom, and by whose word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vzevents.choices import Choice
from vzevents.parties import Party, PartyReader
from vzevents.roles import governor, is_impersonal, is_passive, subjects
from vzevents.sentences import Sentence
from vzevents.situations import Situation


@dataclass(frozen=True, slots=True)
class Participants:
    """Everybody whom the rule of a choice speaks of; empty where nobody is named."""

    sources: tuple[Party, ...]
    targets: tuple[Party, ...]
    joined: tuple[Party, ...]
    claimed_by: str | None


def read_participants(
    sentence: Sentence, choice: Choice, situation: Situation, parties: PartyReader
) -> Participants:
    """Return who takes part in the act of a choice.

    Parameters
    ----------
    sentence : Sentence
        The sentence.
    choice : Choice
        The rule met, with the heads of the phrases in its slots.
    situation : Situation
        Says whose word the act stands on.
    parties : PartyReader
        Says who a phrase stands for.

    Returns
    -------
    Participants
    """
    slots = choice.match.slots
    targets = _fill(sentence, slots.get("T", ()), parties, owners=True)
    sources = _sources(sentence, choice, targets, parties)
    speakers = _fill(sentence, situation.speakers, parties)
    if speakers and _is_announced(choice, sources, parties.words.get("own", frozenset())):
        # "The ministry said that the charges would be dropped": who announces it promises it.
        sources = speakers
    return Participants(
        sources=tuple(sources),
        targets=tuple(targets),
        joined=tuple(_fill(sentence, slots.get("R", ()), parties)),
        claimed_by=_claimed_by(sentence, situation, sources, parties),
    )


def _is_announced(choice: Choice, sources: Sequence[Party], own: frozenset[str]) -> bool:
    """Whether a clause tells what is to come of the target or of the speaker's own side."""
    if choice.event_code[:2] not in {"03", "13"}:
        return False
    if any(source.reading.is_known for source in sources):
        # "Paraguay's president said that his country would open an embassy": for whom he speaks.
        return all(_begins(source, own) for source in sources)
    subject = choice.match.rule.pattern.subject
    return choice.match.predicate.passive or (subject is not None and subject.name == "T")


def _begins(party: Party, words: frozenset[str]) -> bool:
    return party.text.casefold().split(" ")[0] in words


def _fill(
    sentence: Sentence, heads: Sequence[int], parties: PartyReader, *, owners: bool = False
) -> list[Party]:
    """Return who fills a slot: those known, else whose it is, else the first as it stands."""
    read = [parties.read(sentence, head) for head in heads]
    known = [party for party in read if party.reading.is_known]
    if not known and owners:
        owned = (parties.owner(sentence, head) for head in heads)
        known = [party for party in owned if party is not None]
    if known and len(known) < len(read):  # a list keeps the names that nobody knows
        known = [p for p, head in zip(read, heads, strict=True) if p in known or _is_name(sentence, head)]
    return known or read[:1]


def _is_name(sentence: Sentence, head: int) -> bool:
    return sentence.tokens[head].pos == "PROPN"


def _sources(
    sentence: Sentence, choice: Choice, targets: Sequence[Party], parties: PartyReader
) -> list[Party]:
    predicate = choice.match.predicate
    heads = choice.match.slots.get("S", ())
    # "a drone of the army fired": whose the tool is, is who acts.
    tools = any(parties.is_tool(sentence, head) for head in heads)
    sources = _fill(sentence, heads, parties)
    if tools:
        owners = [owner for owner in (parties.owner(sentence, head) for head in heads) if owner]
        # "a car bomb wounded two officers": nobody is named
        return owners or [source for source in sources if source.reading.is_known]
    if predicate.nominal and not any(source.reading.is_known for source in sources):
        return _fill(sentence, _performers(sentence, choice, parties), parties)
    if not sources and not predicate.passive and not predicate.nominal:
        unspoken = parties.unspoken(sentence, predicate.head)
        if unspoken is not None and all(unspoken.reading != target.reading for target in targets):
            return [unspoken]
        if is_impersonal(sentence, predicate.head):
            return []
        nearest = parties.nearest_before(sentence, predicate.head)
        return [party for party in nearest if party not in targets][:1]
    return sources


def _performers(sentence: Sentence, choice: Choice, parties: PartyReader) -> list[int]:
    """Return the subject of the verb that carries a noun out: "announced the recall of …"."""
    verb = governor(sentence, choice.match.predicate.head)
    own = sentence.related(choice.match.predicate.head, "determiner")
    if verb is not None and any(sentence.tokens[d].lower in {"su", "sus"} for d in own):
        return subjects(sentence, verb)  # "En su visita a Lima, el canciller saludó …"
    if verb is None or not sentence.tokens[verb].forms & parties.words.get("carrying_out", frozenset()):
        return []
    return [] if is_passive(sentence, verb) else subjects(sentence, verb)


def _claimed_by(
    sentence: Sentence, situation: Situation, sources: Sequence[Party], parties: PartyReader
) -> str | None:
    """Return the words for those, other than the sources, on whose word an act stands."""
    heads = situation.speakers
    if situation.accuser is not None:
        heads = tuple(sentence.related(situation.accuser, "subject"))
    speakers = [parties.read(sentence, head) for head in heads]
    others = [s.text for s in speakers if s.text and all(s.reading != source.reading for source in sources)]
    return "; ".join(others) or None
