"""Releases: versioned folders of tables that are built, compared, written and verified."""
