"""An open dataset of Venezuelan political events, and the toolchain that makes it.

Examples
--------
>>> import vzevents
>>> events = vzevents.load()
>>> events.attrs["version"]
'0.1.0'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vzevents.articles import articles_table as articles_table
    from vzevents.articles import read_articles as read_articles
    from vzevents.codebook import Codebook as Codebook
    from vzevents.coding import Coder as Coder
    from vzevents.dataset import cite as cite
    from vzevents.dataset import list_releases as list_releases
    from vzevents.dataset import load as load
    from vzevents.events import link_events as link_events

    __version__: str

# Imported on first use (PEP 562), so that `import vzevents` costs neither pandas nor spaCy.
_HOME = {
    "Codebook": "vzevents.codebook",
    "Coder": "vzevents.coding",
    "articles_table": "vzevents.articles",
    "cite": "vzevents.dataset",
    "link_events": "vzevents.events",
    "list_releases": "vzevents.dataset",
    "load": "vzevents.dataset",
    "read_articles": "vzevents.articles",
}

__all__ = [
    "Codebook",
    "Coder",
    "__version__",
    "articles_table",
    "cite",
    "link_events",
    "list_releases",
    "load",
    "read_articles",
]


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version  # costs more than all the rest of this import

        return version("vzevents")
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    message = f"module 'vzevents' has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    return sorted(__all__)
