"""``vzevents explain``: why a sentence is coded as it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from vzevents.cli.options import clean, console, json_option, model_option, quiet_verbose

if TYPE_CHECKING:
    from datetime import datetime

    from rich.tree import Tree

    from vzevents.coding import Bundled


@click.command()
@click.argument("text")
@click.option(
    "--published-date", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="Date of the text."
)
@click.option("--language", type=click.Choice(["en", "es"]), help="Language of the text (default: detected).")
@click.option("--parse", is_flag=True, help="Show how the words hang together.")
@model_option
@json_option
@quiet_verbose
def command(
    text: str,
    published_date: datetime | None,
    language: str | None,
    parse: bool,
    model: Bundled,
    as_json: bool,
    quiet: bool,
    verbose: int,
) -> None:
    """Say why TEXT is coded as it is: rules, words, alternatives, and what was rejected.

    With -q only codes and verdicts are told; -v is the same as --parse.

    \b
    Example:
        vzevents explain "Canada and Peru recognized Juan Guaidó as interim president."
        vzevents explain --parse "The army high command accused Gen. Yánez of treason."
    """
    if not text.strip():
        message = "TEXT is empty; give a sentence"
        raise click.UsageError(message)
    why = _why(text, published_date, language, model=model)
    if as_json:
        click.echo(json.dumps(why, ensure_ascii=False))
        return
    out = console()
    for sentence in why:
        out.print(_tree(sentence, parse=parse or verbose > 0, details=not quiet))


def _why(
    text: str, published_date: datetime | None, language: str | None, *, model: Bundled
) -> list[dict[str, Any]]:
    from vzevents.articles import Article
    from vzevents.coding import Coder
    from vzevents.explaining import explain_text

    coder = Coder(model=model, skip=False)
    day = published_date.date() if published_date else None
    return explain_text(coder, coder.read(Article("text", text, day, language, {}, "text")))


def _tree(sentence: dict[str, Any], *, parse: bool, details: bool) -> Tree:
    from rich.text import Text
    from rich.tree import Tree

    tree = Tree(Text(clean(sentence["text"]), style="bold"))
    if parse:
        words = tree.add("words")
        for word in sentence["words"]:
            words.add(Text(clean(f"{word['word']} ({word['lemma']}): {word['relation']} of {word['head']}")))
    for statement in sentence["statements"]:
        branch = _add_verdict(tree, statement)
        if details:
            _add_details(branch, statement)
    if not sentence["statements"]:
        tree.add(Text("no rule of the codebook met", style="dim"))
    return tree


def _add_verdict(tree: Tree, statement: dict[str, Any]) -> Tree:
    from rich.text import Text

    accepted = statement["status"] == "accepted"
    verdict = "accepted" if accepted else f"rejected: {statement['reject_reason']}"
    head = f"{statement['event_code']} {statement['label']} [{verdict}]"
    return tree.add(Text(clean(head), style="green" if accepted else "yellow"))


def _add_details(branch: Tree, statement: dict[str, Any]) -> None:
    from rich.text import Text

    branch.add(Text(clean(f"{_who(statement['source'])} -> {_who(statement['target'])}{_joined(statement)}")))
    branch.add(Text(clean(f"rule {statement['rule_id']}; words: {', '.join(statement['matched_words'])}")))
    claimed = f", by the word of {statement['claimed_by']}" if statement["claimed_by"] else ""
    branch.add(Text(clean(f"{statement['mode']}{claimed}; confidence {statement['confidence']}")))
    if statement["alternatives"]:
        others = ", ".join(f"{a['event_code']} ({a['confidence']})" for a in statement["alternatives"])
        branch.add(Text(clean(f"alternatives: {others}"), style="dim"))


def _who(party: dict[str, Any] | None) -> str:
    if party is None:
        return "nobody named"
    coded = " ".join(str(party[name]) for name in ("country", "role", "actor") if party[name])
    words = party["text"] or "implied"
    return f"{words} ({coded or 'unknown'})"


def _joined(statement: dict[str, Any]) -> str:
    return f", joining {_who(statement['to_actor'])}" if statement["to_actor"] else ""
