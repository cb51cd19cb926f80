"""Statements -> why: what was coded, by which rule, what else was possible, what was rejected."""

from __future__ import annotations

from collections.abc import Iterator

from vzevents.choices import Choice
from vzevents.coding import Coder
from vzevents.errors import InputError
from vzevents.parties import Party
from vzevents.rows import CodedText
from vzevents.sentences import LANGUAGES, Sentence
from vzevents.statements import Statement


def explain_text(coder: Coder, coded: CodedText) -> list[dict[str, object]]:
    """Say why each statement of a text has its code.

    Parameters
    ----------
    coder : Coder
        The coder that read the text.
    coded : CodedText
        What it found.

    Returns
    -------
    list of dict
        One for each sentence, also for those without a statement: `text`, `words` (list of word, lemma,
        relation, head) and `statements` (list of dict: code, label, rule, matched words, actors, mode,
        confidence, alternatives, status, reject_reason).

    Raises
    ------
    InputError
        If the text is in a language that is not supported yet.
    """
    if coded.language is None:
        message = f"{coded.article.origin}: language not supported yet; supported are {', '.join(LANGUAGES)}"
        raise InputError(message)
    by_sentence: dict[int, list[Statement]] = {}
    for statement in coded.statements:
        by_sentence.setdefault(statement.sentence.index, []).append(statement)
    return [
        {
            "text": sentence.text,
            "words": list(_words(sentence)),
            "statements": [_why(coder, statement) for statement in by_sentence.get(sentence.index, [])],
        }
        for sentence in coded.sentences
    ]


def _words(sentence: Sentence) -> Iterator[dict[str, object]]:
    for token in sentence.tokens:
        head = sentence.tokens[token.head]
        yield {"word": token.text, "lemma": token.lemma, "relation": token.relation, "head": head.text}


def _why(coder: Coder, statement: Statement) -> dict[str, object]:
    match = statement.choice.match
    tokens = statement.sentence.tokens
    return {
        "event_code": statement.event_code,
        "label": coder.codebook[statement.event_code].label["en"],
        "rule_id": statement.choice.rule_id,
        "matched_words": [tokens[i].text for i in sorted({match.predicate.head, *match.words})],
        "source": _who(statement.source),
        "target": _who(statement.target),
        "to_actor": _who(statement.to_actor),
        "mode": statement.mode,
        "claimed_by": statement.claimed_by,
        "confidence": round(statement.choice.confidence, 3),
        "alternatives": _alternatives(statement.choice, statement.alternatives),
        "status": "rejected" if statement.reject_reason else "accepted",
        "reject_reason": statement.reject_reason,
    }


def _who(party: Party | None) -> dict[str, object] | None:
    if party is None:
        return None
    reading = party.reading
    return {
        "text": party.text or None,
        "actor": reading.actor_id,
        "country": reading.country,
        "role": reading.role,
        "implied": party.implied,
    }


def _alternatives(best: Choice, others: tuple[Choice, ...]) -> list[dict[str, object]]:
    seen = {best.event_code}
    found: list[dict[str, object]] = []
    for other in others:
        if other.event_code not in seen:
            seen.add(other.event_code)
            score = round(other.confidence, 3)
            found.append({"event_code": other.event_code, "rule_id": other.rule_id, "confidence": score})
    return found
