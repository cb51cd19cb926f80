"""What commands share: text that is safe to show, consoles that are plain when piped, progress."""

from __future__ import annotations

import io
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vzevents.cli.options import clean, console, echo_safe, progress


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mred\x1b[0m", "ared"),
        ("\x1b]0;title\x07x", "x"),
        ("\x1b]8;;http://x\x1b\\link", "link"),
        ("a\rb\x08c\x9bd", "abcd"),
        ("tab\tline\n", "tab\tline\n"),
        ("\u202eabc\u2066", "abc"),
        ("Núñez [bold]x[/bold] 😀", "Núñez [bold]x[/bold] 😀"),
        (None, ""),
        (3, "3"),
    ],
)
def test_clean(text: object, shown: str) -> None:
    """Escape sequences and control characters go, everything else stays."""
    assert clean(text) == shown


@given(st.text())
def test_clean_leaves_no_control(text: str) -> None:
    """Nothing that acts on a terminal is left, and cleaning twice changes nothing more."""
    shown = clean(text)
    assert not any(ord(character) < 32 and character not in "\t\n" for character in shown)
    assert clean(shown) == shown


def test_piped_console_is_plain_and_unwrapped(capsys: pytest.CaptureFixture[str]) -> None:
    """Piped, a long line stays one line, and neither markup nor emoji codes nor colours are made."""
    line = "[red]word[/red] :smile: 12 " * 40
    console().print(line)
    assert capsys.readouterr().out == line + "\n"


def test_echo_safe(capsys: pytest.CaptureFixture[str]) -> None:
    """A line of data goes out cleaned, to the stream that was asked for."""
    echo_safe("a\x1b[1mb", stderr=True)
    assert capsys.readouterr() == ("", "ab\n")


class _Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Return True."""
        return True


@pytest.mark.parametrize(("quiet", "shown"), [(True, False), (False, True)])
def test_progress(monkeypatch: pytest.MonkeyPatch, quiet: bool, shown: bool) -> None:
    """A terminal gets a progress bar on standard error, unless quiet."""
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with progress("Coding [x]", total=2, quiet=quiet) as step:
        step()
    assert ("Coding [x]" in terminal.getvalue()) is shown


def test_no_progress_when_piped(capsys: pytest.CaptureFixture[str]) -> None:
    """Piped, nothing is written about progress."""
    with progress("Coding") as step:
        step()
    assert capsys.readouterr() == ("", "")
