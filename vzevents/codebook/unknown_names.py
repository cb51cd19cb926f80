"""Find names that examples give to those who act and that the codebook does not know."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from vzevents.codebook.fields import LANGUAGES
from vzevents.codebook.reporting import report_at
from vzevents.codebook.shared_names import known_names, name_key

if TYPE_CHECKING:
    from vzevents.codebook.loading import Contents
    from vzevents.codebook.model import Example


def check_unknown_names(contents: Contents) -> None:
    """Warn of names in two or more examples of which not one word is known.

    What one example names is often made up; what several name is somebody, perhaps under a lost alias.
    Names whose words stand in spelling.yaml are made up too.
    """
    for language in LANGUAGES:
        known = known_names(contents, language)
        made_up = contents.spelling.get(language, frozenset())
        for name, examples in _parties(contents, language).items():
            key = name_key(name)
            if len(examples) > 1 and not _holds(key, known) and not made_up.issuperset(key):
                message = f'"{name}" ({language}) acts in {len(examples)} examples and is nobody of actors/'
                report_at(contents, examples[0].origin, message, "warning")


def _parties(contents: Contents, language: str) -> dict[str, list[Example]]:
    """Return the examples of each source and target that begins with a capital."""
    found: dict[str, list[Example]] = defaultdict(list)
    for example in contents.examples:
        if example.language == language:
            named = {want[key] for want in example.expected for key in ("source", "target") if want.get(key)}
            for name in sorted(one for one in named if one[0].isupper()):
                found[name].append(example)
    return found


def _holds(key: tuple[str, ...], known: frozenset[tuple[str, ...]]) -> bool:
    size = len(key)
    return any(key[i:j] in known for i in range(size) for j in range(i + 1, size + 1))
