"""Sentences -> predicates: who does what to whom, the same for every parser and language.

The coder reads this layer; of the parser's own labels only those of word classes and verb forms. What parsers
get wrong again and again (shared subjects, infinitives read as nouns, subjects lost in fronted phrases) is
mended here.
"""

from vzevents.roles.objects import objects
from vzevents.roles.phrases import coordinated, governor, is_manner, phrase, prepositional, shared_sides
from vzevents.roles.predicates import Predicate, by_agents, find_predicates, predicate_at
from vzevents.roles.subjects import is_impersonal, subjects
from vzevents.roles.voice import is_dependent, is_passive, is_verb

__all__ = [
    "Predicate",
    "by_agents",
    "coordinated",
    "find_predicates",
    "governor",
    "is_dependent",
    "is_impersonal",
    "is_manner",
    "is_passive",
    "is_verb",
    "objects",
    "phrase",
    "predicate_at",
    "prepositional",
    "shared_sides",
    "subjects",
]
