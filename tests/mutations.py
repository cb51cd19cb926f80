"""The slips themselves: each takes a codebook and a seeded choice, and makes one."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mutation_bench import Bench, Mutation, Use

from vzevents.codebook.patterns import PREPOSITIONS
from vzevents.codebook.shared_names import name_key

Slip = Callable[[Bench, random.Random], Mutation]
_SLOT = re.compile(r"[(&]*(S&T|[STR])(:\S+)?\)?")
_LITERAL = re.compile(r"(?<![<:|\w&])[^\W\d_A-Z]{4,}(?![\w>])")


def _pattern(bench: Bench, rng: random.Random, fits: Callable[[Use], object]) -> Use:
    uses = [use for use in bench.uses if fits(use)]
    rng.shuffle(uses)
    return next(use for use in uses if bench.hinges_on(use))


def _lines(data: Any, use: Use) -> list[str]:
    lines: list[str] = data[use.code]["patterns"][use.language]
    return lines


def _rewritten(bench: Bench, use: Use, kind: str, *texts: str) -> Mutation:
    """Return the mutation that puts other lines in the place of a pattern."""
    data = bench.data(use.file)
    lines = _lines(data, use)
    at = lines.index(use.text)
    lines[at : at + 1] = texts
    what = f"{use.code} {use.language}: {use.text!r} -> {' '.join(map(repr, texts)) or 'nothing'}"
    return Mutation(kind, what, use.file, data, bench.of_codes(use.code, language=use.language))


def typo_in_pattern(bench: Bench, rng: random.Random) -> Mutation:
    """Let two letters of a word change places, leave one out or double one."""
    use = _pattern(bench, rng, lambda use: _LITERAL.search(use.text))
    word = rng.choice(list(_LITERAL.finditer(use.text)))
    text = use.text[: word.start()] + _misspelt(word.group(), rng) + use.text[word.end() :]
    return _rewritten(bench, use, "typo in a pattern", text)


def _misspelt(word: str, rng: random.Random) -> str:
    slips = [word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)]
    slips += [word[:i] + word[i + 1 :] for i in range(1, len(word))]
    slips += [word[:i] + word[i] + word[i:] for i in range(1, len(word))]
    return rng.choice([slip for slip in slips if slip != word])


def _complements(use: Use) -> list[int]:
    """Return which pieces are words that a pattern asks for behind its head."""
    pieces = use.text.split()
    article = use.text.startswith(("the ", "el ", "la ", "los ", "las "))
    first = article + bool(_SLOT.fullmatch(pieces[article])) + 1
    little = PREPOSITIONS[use.language] | {"..."}
    return [
        i
        for i, piece in enumerate(pieces)
        if i >= first
        and not _SLOT.fullmatch(piece)
        and not little.issuperset(piece.strip("()").split("|"))
        and piece[0] not in "*(!"
        and piece[-1] != ")"
    ]


def deleted_complement(bench: Bench, rng: random.Random) -> Mutation:
    """Take out a complement with the preposition before it: of "accuse T of treason", "accuse T" is left."""
    use = _pattern(bench, rng, _complements)
    pieces = use.text.split()
    at = rng.choice(_complements(use))
    little = PREPOSITIONS[use.language] | {"..."}
    start = at - 1 if little.issuperset(pieces[at - 1].split("|")) else at
    mutation = _rewritten(bench, use, "deleted complement", " ".join(pieces[:start] + pieces[at + 1 :]))
    # What asks for less is noticed where it must not match: in the examples of other codes.
    return replace(mutation, examples=bench.with_words("", use.language))


def swapped_patterns(bench: Bench, rng: random.Random) -> Mutation:
    """Let two patterns of different codes of one file change places."""
    one = _pattern(bench, rng, lambda use: len(_others(bench, use)) > 0)
    other = rng.choice(_others(bench, one))
    data = bench.data(one.file)
    for use, text in ((one, other.text), (other, one.text)):
        lines = _lines(data, use)
        lines[lines.index(use.text)] = text
    what = f"{one.code} {one.text!r} <-> {other.code} {other.text!r}"
    examples = bench.of_codes(one.code, other.code, language=one.language)
    return Mutation("swapped patterns", what, one.file, data, examples)


def _others(bench: Bench, use: Use) -> list[Use]:
    return [o for o in bench.uses if (o.file, o.language) == (use.file, use.language) and o.code != use.code]


def swapped_slots(bench: Bench, rng: random.Random) -> Mutation:
    """Let source and target change places."""
    use = _pattern(bench, rng, lambda use: re.search(r"\bT\b", use.text) and "&" not in use.text)
    text = re.sub(r"\b[ST]\b", lambda slot: "ST"[slot.group() == "S"], use.text)
    return _rewritten(bench, use, "swapped slots", text)


def unknown_word_set(bench: Bench, rng: random.Random) -> Mutation:
    """Misspell the name of a word set."""
    use = _pattern(bench, rng, lambda use: "<" in use.text)
    name = rng.choice(re.findall(r"<(\w+)>", use.text))
    return _rewritten(
        bench, use, "unknown word set", use.text.replace(f"<{name}>", f"<{_misspelt(name, rng)}>")
    )


def moved_pattern(bench: Bench, rng: random.Random) -> Mutation:
    """Put a pattern under another code of its file."""
    use = _pattern(bench, rng, lambda use: len(_others(bench, use)) > 0)
    other = rng.choice(_others(bench, use))
    data = bench.data(use.file)
    _lines(data, use).remove(use.text)
    _lines(data, other).append(use.text)
    what = f"{use.text!r} from {use.code} to {other.code}"
    return Mutation(
        "moved pattern", what, use.file, data, bench.of_codes(use.code, other.code, language=use.language)
    )


def dropped_alias(bench: Bench, rng: random.Random) -> Mutation:
    """Take out a name by which two or more examples call an actor."""
    files = [f"actors/{name}.yaml" for name in ("venezuela", "organisations", "leaders", "states")]
    parties = bench.parties()
    found = [
        (file, actor, language, alias)
        for file in files
        for actor, entry in bench.contents.documents[file].data.items()
        for language, aliases in (entry.get("aliases") or {}).items()
        for alias in aliases
        if parties[language, alias] > 1 and not _stands_in(alias, entry, language)
    ]
    file, actor, language, alias = rng.choice(found)
    data = bench.data(file)
    data[actor]["aliases"][language].remove(alias)
    what = f'"{alias}" ({language}) of {actor}'
    return Mutation("dropped alias", what, file, data, bench.with_words(alias, language))


def _stands_in(alias: str, entry: Any, language: str) -> bool:
    """Whether an actor has a name twice: written without its accents, or in other case."""
    names = [entry["name"].get(language, ""), *entry["aliases"][language]]
    return [name_key(name) for name in names].count(name_key(alias)) > 1


def shared_alias(bench: Bench, rng: random.Random) -> Mutation:
    """Give an actor another's name."""
    file = "actors/venezuela.yaml"
    data = bench.data(file)
    giver, taker = rng.sample(sorted(data), 2)
    name = data[giver]["name"]["es"]
    data[taker].setdefault("aliases", {}).setdefault("es", []).append(name)
    return Mutation("shared alias", f"{taker} is called {name} too", file, data)


def _code(bench: Bench, rng: random.Random) -> tuple[str, str, Any]:
    """Return an assignable code with its file and the file's contents."""
    code = rng.choice([code for code in bench.contents.codes if code.assignable]).event_code
    file = f"codes/{code[:2]}.yaml"
    return code, file, bench.data(file)


def wrong_parent(bench: Bench, rng: random.Random) -> Mutation:
    """Write a code with another digit, so that it stands below another code."""
    code, file, data = _code(bench, rng)
    at = rng.randrange(1, min(3, len(code)))
    digit = rng.choice([d for d in "0123456789" if d != code[at]])
    wrong = code[:at] + digit + code[at + 1 :]
    # As a loader sees it: of two entries of one name the later one stands.
    data = {(wrong if key == code else key): entry for key, entry in data.items()}
    return Mutation("wrong parent", f"{code} -> {wrong}", file, data)


def wrong_near_miss(bench: Bench, rng: random.Random) -> Mutation:
    """Let a near miss point nowhere, or to the code itself."""
    code, file, data = _code(bench, rng)
    miss = rng.choice(data[code]["not"])
    known = {one.event_code for one in bench.contents.codes}
    slips = [miss["use"][:-1] + sign for sign in "0123456789ABZ" if miss["use"][:-1] + sign not in known]
    miss["use"] = rng.choice([code, *slips])
    return Mutation("near miss points nowhere", f"{code}: {miss['use']}", file, data)


def dropped_text(bench: Bench, rng: random.Random) -> Mutation:
    """Take out a label, a definition or when to use a code, in one language."""
    code, file, data = _code(bench, rng)
    key, language = rng.choice(["label", "definition", "when"]), rng.choice(["en", "es"])
    del data[code][key][language]
    return Mutation("dropped label", f"{code}: {key} {language}", file, data)


def changed_quad(bench: Bench, rng: random.Random) -> Mutation:
    """Give a code a quad class that is not its root's."""
    code, file, data = _code(bench, rng)
    own = bench.contents.settings.roots[code[:2]].quad_class
    data[code]["quad_class"] = rng.choice([quad for quad in (1, 2, 3, 4) if quad != own])
    return Mutation("changed quad", f"{code}: {data[code]['quad_class']}", file, data)


def broken_crosswalk(bench: Bench, rng: random.Random) -> Mutation:
    """Misspell a counterpart in PLOVER or ACLED, or take it out."""
    while True:
        code, file, data = _code(bench, rng)
        schemes = [s for s in ("plover", "acled") if {"event", "event_type"} & set(data[code].get(s) or {})]
        if schemes:
            break
    scheme = rng.choice(schemes)
    entry = data[code][scheme]
    key = rng.choice([key for key in entry if key != "fit"])
    if rng.random() < 0.5 or scheme == "acled":
        entry[key] = _misspelt(entry[key], rng)
    else:
        del entry[key]
    return Mutation("broken crosswalk", f"{code}: {scheme} {key} {entry.get(key)}", file, data)


def wrong_code_in_example(bench: Bench, rng: random.Random) -> Mutation:
    """Let an example expect another code than the one it illustrates."""
    example = rng.choice(
        [e for e, _ in bench.passing if e.expected and e.expected[0]["code"] == e.event_code]
    )
    file = f"examples/{example.language}/{example.split}/{example.event_code[:2]}.yaml"
    data = bench.data(file)
    entry = next(one for one in data[example.event_code] if one["text"] == example.text)
    others = [c.event_code for c in bench.contents.codes if c.event_code != example.event_code]
    entry["is"][0]["code"] = rng.choice(others)
    what = f"{example.origin}: {entry['is'][0]['code']}"
    return Mutation("wrong code in an example", what, file, data, (example,))


SLIPS: tuple[Slip, ...] = (
    typo_in_pattern,
    deleted_complement,
    swapped_patterns,
    moved_pattern,
    swapped_slots,
    unknown_word_set,
    dropped_alias,
    shared_alias,
    wrong_parent,
    wrong_near_miss,
    dropped_text,
    changed_quad,
    broken_crosswalk,
    wrong_code_in_example,
)
