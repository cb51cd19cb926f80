"""Resolve actors, dates and places: from a span of text, and the article's date, to a row of the codebook."""
