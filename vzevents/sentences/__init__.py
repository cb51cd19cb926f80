"""Articles -> sentences: split, parse, and give every token one set of relation names."""

from vzevents.sentences.parsers import LANGUAGES, find_model, load_model, model_stamp
from vzevents.sentences.parsing import parse_text, parse_texts
from vzevents.sentences.skimming import bundled_skimmer
from vzevents.sentences.tokens import Sentence, Token, sentence_sha256

__all__ = [
    "LANGUAGES",
    "Sentence",
    "Token",
    "bundled_skimmer",
    "find_model",
    "load_model",
    "model_stamp",
    "parse_text",
    "parse_texts",
    "sentence_sha256",
]
