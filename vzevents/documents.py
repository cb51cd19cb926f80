"""Pages that are written by a program: commands, codes and columns as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import click

from vzevents.columns import TYPE_WORDS

if TYPE_CHECKING:
    from vzevents.codebook import Codebook
    from vzevents.codebook.model import Code, Crosswalk
    from vzevents.columns import Column, Table

# Fixed, so that a page does not depend on the terminal it was made in.
_WIDTH = 100
# What Markdown or HTML would read as markup; cog looks for brackets.
_MARKUP = re.compile(r"([\\`*_~\[\]<>&|#])")
_COLUMN_HEAD = ("column", "type", "unit", "may be missing", "allowed", "meaning")
_CODE_HEAD = ("code", "name", "label (en)", "label (es)", "quad", "Goldstein", "PLOVER")


def escape(text: str) -> str:
    """Return text as Markdown shows it unchanged, also in a cell of a table.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        One line, with a backslash before every character that Markdown would read.
    """
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def markdown_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table.

    Parameters
    ----------
    head : sequence of str
        Names of the columns.
    rows : iterable of sequence of str
        Cells, escaped where they hold others' text.

    Returns
    -------
    str
        The lines of the table.
    """
    lines = [_row(head), "|" + "---|" * len(head), *map(_row, rows)]
    return "\n".join(lines)


def commands_markdown(group: click.Group, *, name: str) -> str:
    """Return the help of every command of a group, and of the groups inside it.

    Parameters
    ----------
    group : click.Group
        The command line.
    name : str
        What it is called by: ``"vzevents"``.

    Returns
    -------
    str
        One section a command, with its ``--help`` as it stands.
    """
    context = click.Context(
        group, info_name=name, terminal_width=_WIDTH, max_content_width=_WIDTH, **group.context_settings
    )
    sections = [f"## `{ctx.command_path}`\n\n```text\n{_help(ctx)}\n```\n" for ctx in walk(context)]
    return "\n".join(sections)


def walk(context: click.Context) -> Iterator[click.Context]:
    """Yield the context of a command, then those of the commands inside it.

    Parameters
    ----------
    context : click.Context
        Where to begin.

    Yields
    ------
    click.Context
        One a command, in the order in which ``--help`` lists them.
    """
    yield context
    command = context.command
    if not isinstance(command, click.Group):
        return
    for name in command.list_commands(context):
        inner = command.get_command(context, name)
        if inner is not None:
            yield from walk(click.Context(inner, info_name=name, parent=context))


def codebook_markdown(codes: Iterable[Code]) -> str:
    """Return every code of a codebook: a section a root, with the project's own codes spelt out.

    Parameters
    ----------
    codes : iterable of Code
        A codebook, or some of its codes: those of a root together, the root first.

    Returns
    -------
    str
        A table of each root's codes; then what each own code means, in both languages.
    """
    roots = groupby(codes, key=lambda code: code.event_root_code)
    return "\n".join(_root_section(list(of_root)) for _, of_root in roots)


def goldstein_markdown(codebook: Codebook) -> str:
    """Say which codes have no Goldstein value, and why.

    Parameters
    ----------
    codebook : Codebook
        The codebook.

    Returns
    -------
    str
        One line a reason, with the codes.
    """
    reasons: dict[str, list[str]] = {}
    for code in codebook:
        if code.goldstein is None:
            reason = codebook.goldstein_reason(code.event_code)
            text = " — ".join(escape(reason[language]) for language in ("en", "es") if language in reason)
            reasons.setdefault(text or "No value has been published.", []).append(f"`{code.event_code}`")
    return "\n".join(f"- {', '.join(codes)}: {text}" for text, codes in reasons.items())


def columns_markdown(tables: Mapping[str, Table]) -> str:
    """Return the documentation of every column of the tables.

    Parameters
    ----------
    tables : Mapping of str to Table
        The tables, in the order in which to show them.

    Returns
    -------
    str
        Markdown, one section a table.
    """
    return "\n".join(_table_section(table) for table in tables.values())


def columns_summary(table: Table) -> str:
    """Return a table's columns in brief; docs/columns.md has them in full.

    Parameters
    ----------
    table : Table
        The table to describe.

    Returns
    -------
    str
        A Markdown table: column, type, meaning.
    """
    rows = [(f"`{c.name}`", TYPE_WORDS[c.dtype], escape(c.title)) for c in table.columns.values()]
    return markdown_table(("column", "type", "meaning"), rows)


def _table_section(table: Table) -> str:
    key = ", ".join(f"`{name}`" for name in table.key)
    rows = (_column_cells(column) for column in table.columns.values())
    grid = markdown_table(_COLUMN_HEAD, rows)
    return f"## `{table.name}`\n\n{escape(table.description)} Key: {key}.\n\n{grid}\n"


def _column_cells(column: Column) -> tuple[str, ...]:
    pattern = "str_matches" in column.checks
    # Inside code only the bar that parts cells would be read.
    allowed = f"`{column.allowed}`".replace("|", "\\|") if pattern else escape(column.allowed)
    missing = "yes" if column.nullable else "no"
    name, unit = f"`{column.name}`", escape(column.unit or "")
    return name, TYPE_WORDS[column.dtype], unit, missing, allowed, escape(column.description)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _help(context: click.Context) -> str:
    lines = context.get_help().splitlines()
    return "\n".join(line.rstrip() for line in lines)


def _root_section(codes: list[Code]) -> str:
    root = codes[0]
    head = f"## {root.event_root_code} {_label(root, 'en')} / {_label(root, 'es')}"
    parts = [head, markdown_table(_CODE_HEAD, map(_code_cells, codes))]
    own = [_definition(code) for code in codes if code.scope == "vzevents"]
    if own:
        parts += ["This project's own codes:", "\n".join(own)]
    return "\n\n".join(parts) + "\n"


def _code_cells(code: Code) -> tuple[str, ...]:
    return (
        f"`{code.event_code}`",
        f"`{code.name}`" if code.name else "",
        _label(code, "en"),
        _label(code, "es"),
        str(code.quad_class),
        "" if code.goldstein is None else f"{code.goldstein:g}",
        _plover(code.plover),
    )


def _plover(crosswalk: Crosswalk) -> str:
    return escape(f"{crosswalk.text} ({crosswalk.fit})") if crosswalk.text else ""


def _definition(code: Code) -> str:
    texts = (escape(code.definition[language]) for language in ("en", "es") if language in code.definition)
    return f"- `{code.event_code}` {_label(code, 'en')}. {' — '.join(texts)}"


def _label(code: Code, language: str) -> str:
    return escape(code.label.get(language, ""))
