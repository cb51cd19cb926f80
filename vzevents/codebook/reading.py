"""Read the files of a codebook so that every mistake can be named by file and line."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import yaml

from vzevents.codebook.problems import Problem

# The C parser is ten times faster; the other reads the same.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN = "tag:yaml.org,2002:"
_CONSTRUCT = yaml.constructor.SafeConstructor()
_SCALARS = {
    "int": _CONSTRUCT.construct_yaml_int,
    "float": _CONSTRUCT.construct_yaml_float,
    "bool": _CONSTRUCT.construct_yaml_bool,
    "null": _CONSTRUCT.construct_yaml_null,
}

Value: TypeAlias = "dict[str, Value] | list[Value] | str | int | float | bool | None"
Step: TypeAlias = "str | int"


@dataclass(slots=True)
class Document:
    """One file: its plain contents, and where each piece of them stands."""

    file: str
    data: Value
    root: yaml.Node | None = None
    problems: list[Problem] = field(default_factory=list)

    def line(self, *path: Step) -> int:
        """Return the line where the piece at `path` begins, or of the nearest piece around it."""
        node, line = self.root, 1
        for step in path:
            found = _child(node, step)
            if found is None:
                break
            node, line = found
        return line

    def written(self, *path: Step) -> str:
        """Return the scalar at `path` as it is written in the file."""
        node = self.root
        for step in path:
            found = _child(node, step)
            node = found[0] if found else None
        return str(node.value) if isinstance(node, yaml.ScalarNode) else ""

    def report(self, message: str, *path: Step) -> None:
        """Note a mistake in the piece at `path`."""
        self.report_line(self.line(*path), message)

    def report_line(
        self, line: int, message: str, *, severity: Literal["error", "warning"] = "error"
    ) -> None:
        """Note a mistake in a line."""
        self.problems.append(Problem(self.file, line, message, severity))


def read_document(raw: bytes, file: str) -> Document:
    """Read one YAML file into plain values.

    Parameters
    ----------
    raw : bytes
        What the file holds.
    file : str
        What messages call it.

    Returns
    -------
    Document
        With the mistakes that make it bad YAML among its problems: bad syntax, bytes that are not
        UTF-8, keys that are not text, keys given twice.
    """
    document = Document(file, {})
    text = read_text(raw, document)
    try:
        document.root = yaml.compose(text, Loader=_LOADER)
        if document.root is not None:
            document.data = _Reader(document).value(document.root)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = f"not YAML: {error.problem or error.context}"
        document.report_line(mark.line + 1 if mark else 1, what)
    except yaml.YAMLError as error:
        document.report_line(1, f"not YAML: {' '.join(str(error).split())}")
    except RecursionError:
        document.report_line(1, "not YAML that can be read: nested too deeply")
    return document


def read_text(raw: bytes, document: Document) -> str:
    """Return the text of a file, or none and a problem where it is not UTF-8."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"not UTF-8 (byte {raw[error.start]:#04x}); save the file as UTF-8"
        document.report_line(line, message)
        return ""


def read_rows(document: Document, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a CSV text with their lines, noting rows of another length."""
    reader = csv.reader(io.StringIO(text, newline=""))
    header = next(reader, [])
    for cells in reader:
        if len(cells) != len(header):
            message = f"{len(cells)} cells where the header has {len(header)}"
            document.report_line(reader.line_num, message)
        elif any(cells):
            yield reader.line_num, dict(zip(header, cells, strict=True))


def fingerprint(contents: dict[str, Value]) -> str:
    """Return the sha256 of what the files say: comments, layout and line ends do not count."""
    canonical = json.dumps(contents, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


class _Reader:
    """Turns YAML nodes into plain values, as a safe loader does, but tells what that would swallow."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._seen: dict[int, Value] = {}

    def value(self, node: yaml.Node) -> Value:
        """Return the plain value of a node."""
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node)
        if id(node) in self._seen:
            self._problem(node, "an alias (*name) stands for this elsewhere; write the text out there")
            return self._seen[id(node)]
        self._seen[id(node)] = None  # until it is read: an alias inside itself would never end
        if node.tag not in {_PLAIN + "map", _PLAIN + "seq"}:
            self._problem(node, _bad_tag(node))
        elif isinstance(node, yaml.SequenceNode):
            self._seen[id(node)] = [self.value(child) for child in node.value]
        else:
            self._seen[id(node)] = self._mapping(node)
        return self._seen[id(node)]

    def _mapping(self, node: yaml.Node) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
            if key is None or key_node.tag != _PLAIN + "str":
                self._problem(key_node, _bad_key(key_node))
                continue
            if key in found:
                self._problem(key_node, f'"{key}" is given twice; keep one')
                continue
            found[key] = self.value(value_node)
        return found

    def _scalar(self, node: yaml.ScalarNode) -> Value:
        kind = node.tag.removeprefix(_PLAIN)
        if kind == "timestamp":
            self._problem(node, f'{node.value} is read as a date; quote it: "{node.value}"')
        elif kind in _SCALARS:
            try:
                value: Value = _SCALARS[kind](node)
            except (ValueError, KeyError):
                self._problem(node, _bad_tag(node))
            else:
                return value
        elif kind != "str":
            self._problem(node, _bad_tag(node))
        return str(node.value)

    def _problem(self, node: yaml.Node, message: str) -> None:
        self._document.report_line(node.start_mark.line + 1, message)


def _bad_tag(node: yaml.Node) -> str:
    return f"the tag {node.tag} is not allowed here; write plain values"


def _bad_key(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        return "a key must be text"
    kind = node.tag.removeprefix(_PLAIN)
    if kind not in {"int", "float", "bool", "null"}:
        return f'the key {node.value} is not text; quote it: "{node.value}"'
    return f"the key {misread(node.value, _SCALARS[kind](node))}"


def misread(written: str, value: Value) -> str:
    """Say that what is meant as text is read as something else, and that quotes mend it."""
    if isinstance(value, bool) or value is None:
        what = str(value).lower().replace("none", "null")
    else:
        what = "a number" if str(value) == written else f"the number {value}"
    return f'{written} is read as {what}; quote it: "{written}"'


def _child(node: yaml.Node | None, step: Step) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return value, key.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        child = node.value[step]
        return child, child.start_mark.line + 1
    return None
