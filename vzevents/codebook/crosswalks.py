"""Walk from one scheme of event codes to another and say what is lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from vzevents.errors import UnknownCodeError

if TYPE_CHECKING:
    import pandas as pd

    from vzevents.codebook.book import Codebook
    from vzevents.codebook.model import Code

TITLES: Mapping[str, str] = {
    "cameo": "CAMEO codes",
    "plover": "PLOVER types",
    "acled": "ACLED types",
    "goldstein": "Goldstein values",
    "benchmark": "benchmark roots",
}
_TABLES = {"plover": "the PLOVER table of 2021 has", "benchmark": "the benchmark roots have"}
_COLUMNS = ("code", "counterpart", "fit", "loss")
_SHOWN = 8
_WORST_LAST = ("exact", "close", "broad", "none")

_Key = TypeVar("_Key")
_Other = TypeVar("_Other")
Value = tuple[str | None, str]  # what a code is in a scheme, and its fit


@dataclass(frozen=True, slots=True)
class Pair:
    """A code of one scheme and one of its counterparts in another; `loss` says what does not come back.

    `shared` are the codes that `loss` lists, so that a narrow page may list fewer of them.
    """

    code: str
    counterpart: str | None
    fit: str
    loss: str | None
    shared: tuple[str, ...] = ()


def crosswalk_pairs(codebook: Codebook, scheme: str, other: str) -> list[Pair]:
    """Return the pairs of a crosswalk.

    Every pair goes by way of the assignable codes of the codebook: from one of them to its counterpart, back
    from a counterpart to all codes that have it, or both.

    Parameters
    ----------
    codebook : Codebook
        Whose codes and counterparts are meant.
    scheme : str
        Where to begin: ``"cameo"``, ``"plover"``, ``"acled"`` or ``"benchmark"``.
    other : str
        Where to go; ``"goldstein"`` too.

    Returns
    -------
    list of Pair
        In the order of the codes; what no code leads to comes last.

    Raises
    ------
    UnknownCodeError
        If there is no such pair of schemes.
    """
    _refuse_unknown(scheme, other)
    walk = _Walk(codebook, scheme, other)
    return [*walk.pairs(), *walk.unreached()]


def crosswalk_frame(codebook: Codebook, scheme: str, other: str) -> pd.DataFrame:
    """Return the pairs of a crosswalk as a frame; parameters as those of `crosswalk_pairs`."""
    import pandas as pd

    rows = pair_rows(crosswalk_pairs(codebook, scheme, other))
    return pd.DataFrame(rows, columns=pd.Index(_COLUMNS), dtype="string")


def pair_rows(pairs: Iterable[Pair]) -> list[dict[str, str | None]]:
    """Return the pairs as plain rows: code, counterpart, fit, loss."""
    return [{name: getattr(pair, name) for name in _COLUMNS} for pair in pairs]


def summarize(codebook: Codebook, scheme: str, other: str, pairs: Sequence[Pair]) -> str:
    """Say in one line how many codes come back from another scheme and how many do not."""
    codes = {pair.code for pair in pairs}
    lossy = {pair.code for pair in pairs if pair.loss}
    without = {pair.code for pair in pairs if pair.counterpart is None} & lossy
    own = {code for code in lossy - without if scheme == "cameo" and codebook[code].scope == "vzevents"}
    counts = (
        (codes - lossy, "lead to one code" if other == "cameo" else "come back whole"),
        (lossy - without - own, "lead to several" if other == "cameo" else "cannot be told apart"),
        (own, "are own codes, mapped like their parents"),
        (without, "have no counterpart"),
    )
    found = [f"{len(some)} {what}" for some, what in counts if some]
    return f"{len(codes)} {TITLES[scheme]}: {', '.join(found)}"


def describe_pairs(pairs: Sequence[Pair]) -> str:
    """Write the pairs as columns, with at most eight of the codes that fall together."""
    rows = [(pair.code, pair.counterpart or "-", pair.fit, _short(pair)) for pair in pairs]
    rows = [_COLUMNS, *rows]
    widths = [max(len(row[place]) for row in rows) + 2 for place in range(3)]
    lines = ("".join(map(str.ljust, row, widths)) + row[3] for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def _short(pair: Pair) -> str:
    loss = pair.loss or ""
    if len(pair.shared) <= _SHOWN + 1:
        return loss
    less = f"{', '.join(pair.shared[:_SHOWN])} … and {len(pair.shared) - _SHOWN} more"
    return loss.replace(", ".join(pair.shared), less)


class _Walk:
    """The codes between two schemes, grouped by pair."""

    def __init__(self, codebook: Codebook, scheme: str, other: str) -> None:
        self.codebook, self.scheme, self.other = codebook, scheme, other
        self._begin, self._end = _values(codebook, scheme), _values(codebook, other)
        self._between: dict[tuple[str, str | None], list[Code]] = {}
        for code in codebook:
            if not code.assignable:
                continue
            begin = self._begin(code)[0]
            if begin is not None:
                self._between.setdefault((begin, self._end(code)[0]), []).append(code)
        self._ends = _grouped(self._between)
        self._begins = _grouped((end, begin) for begin, end in self._between)

    def pairs(self) -> Iterator[Pair]:
        """Yield the pairs, those of one code together."""
        for begin, ends in self._ends.items():
            for end in ends:
                codes = self._between[begin, end]
                shared, losses = self._losses(begin, end, codes)
                yield Pair(begin, end, self._fit(begin, end, codes), "; ".join(losses) or None, shared)

    def unreached(self) -> Iterator[Pair]:
        """Yield what the first scheme has and no code of the codebook leads to."""
        for begin in _all_of(self.codebook, self.scheme):
            if begin not in self._ends:
                yield Pair(begin, None, "none", "no code leads to it")

    def _fit(self, begin: str, end: str | None, codes: Sequence[Code]) -> str:
        """Return the worst fit on the way; several ways out of codes that are no CAMEO are but broad."""
        fits = {fit for code in codes for fit in (self._begin(code)[1], self._end(code)[1])}
        if "cameo" not in (self.scheme, self.other) and end is not None and len(self._ends[begin]) > 1:
            fits.add("broad")
        return max(fits, key=_WORST_LAST.index)

    def _losses(
        self, begin: str, end: str | None, codes: Sequence[Code]
    ) -> tuple[tuple[str, ...], list[str]]:
        """Return which codes fall together, and all that is lost in words."""
        if self.scheme == "cameo":
            return self._lost_from_code(codes[0], end)
        if self.other == "cameo":
            return self._lost_to_code(begin, codes[0])
        candidates = tuple(self._ends[begin])
        losses = []
        if len(candidates) > 1:
            losses.append(f"only where the code is {', '.join(code.event_code for code in codes)}")
        if end is None:
            return (), [*losses, f"no counterpart among the {TITLES[self.other]}"]
        together = tuple(self._begins[end])
        return together, losses + ([_together(together)] if len(together) > 1 else [])

    def _lost_from_code(self, code: Code, end: str | None) -> tuple[tuple[str, ...], list[str]]:
        if end is None:
            return (), [self._why_none(code)]
        parent = self.codebook.parents(code.event_code)[0]
        if code.scope == "vzevents" and self._end(parent)[0] == end:
            losses = [f"own code, mapped like its parent {parent.event_code}"]
        else:
            losses = []
        # An own code is finer than CAMEO: beside its parent nothing of the parent is lost.
        together = tuple(one for one in self._begins[end] if self.codebook[one].scope == "cameo")
        return together, losses + ([_together(together)] if len(together) > 1 else [])

    def _lost_to_code(self, begin: str, code: Code) -> tuple[tuple[str, ...], list[str]]:
        ends = [end for end in self._ends[begin] if end is not None]
        cameo = tuple(end for end in ends if self.codebook[end].scope == "cameo")
        if code.scope == "vzevents" and cameo:
            return (), [f"own code, finer than what the {TITLES[self.scheme]} say"]
        return cameo, [_one_of(cameo)] if len(cameo) > 1 else []

    def _why_none(self, code: Code) -> str:
        if self.other == "goldstein":
            return self.codebook.goldstein_reason(code.event_code).get("en", "no value has been published")
        if self.other == "acled":
            return "no counterpart: ACLED counts no such act"
        alike = (one for one in self.codebook if one.event_root_code == code.event_root_code)
        what = "this code" if any(self._end(one)[0] for one in alike) else f"root {code.event_root_code}"
        return f"no counterpart: {_TABLES[self.other]} nothing for {what}"


def _refuse_unknown(scheme: str, other: str) -> None:
    for name, allowed in ((scheme, [one for one in TITLES if one != "goldstein"]), (other, [*TITLES])):
        if name not in allowed:
            what = "a scale, from which no code comes back" if name == "goldstein" else "no scheme"
            message = f"{name!r} is {what}; allowed: {', '.join(allowed)}"
            raise UnknownCodeError(message)
    if scheme == other:
        message = f"{scheme!r} leads to itself; name two schemes of {', '.join(TITLES)}"
        raise UnknownCodeError(message)


def _values(codebook: Codebook, scheme: str) -> Callable[[Code], Value]:
    """Return the function that says what a code is in a scheme."""
    values: Mapping[str, Callable[[Code], Value]] = {
        "cameo": lambda code: (code.event_code, "exact"),
        "plover": lambda code: (code.plover.text, code.plover.fit),
        "acled": lambda code: (code.acled.text, code.acled.fit),
        "goldstein": lambda code: _broad(None if code.goldstein is None else f"{code.goldstein:g}"),
        "benchmark": partial(_benchmark, codebook),
    }
    return values[scheme]


def _benchmark(codebook: Codebook, code: Code) -> Value:
    return _broad(codebook.benchmark_root(code.event_code))


def _broad(value: str | None) -> Value:
    """Give the fit of what only says of which kind an act is."""
    return value, "none" if value is None else "broad"


def _all_of(codebook: Codebook, scheme: str) -> Iterator[str]:
    yield from (one.text for one in codebook.published.get(scheme, ()) if one.text)


def _grouped(pairs: Iterable[tuple[_Key, _Other]]) -> dict[_Key, list[_Other]]:
    groups: dict[_Key, list[_Other]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups


def _together(codes: Sequence[str]) -> str:
    return f"{len(codes)} fall on it: {', '.join(codes)}"


def _one_of(codes: Sequence[str]) -> str:
    return f"one of {len(codes)}: {', '.join(codes)}"
