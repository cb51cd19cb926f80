"""Describe a release for other programs: Data Package 2.0 and Croissant 1.0."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from vzevents.columns import Column, Table, table_schema
from vzevents.releases.citation import (
    ABSTRACT,
    AUTHOR,
    KEYWORDS,
    LICENSE,
    LICENSE_URL,
    TITLE,
    Citation,
    render,
)

if TYPE_CHECKING:
    from vzevents.releases.manifest import Manifest

_Object = dict[str, object]

# Which columns of a table are keys of another.
_FOREIGN_KEYS = (
    ("statements", "article_id", "articles"),
    ("statements", "event_code", "codes"),
    ("statements", "place_id", "places"),
    ("links", "statement_id", "statements"),
    ("links", "event_id", "events"),
    ("events", "event_code", "codes"),
    ("events", "place_id", "places"),
    ("offices", "actor_id", "actors"),
)

_PARQUET = "application/vnd.apache.parquet"

# By our type: Data Package's and Croissant's.
_PACKAGE_TYPES = {
    "string": "string",
    "Int64": "integer",
    "Float64": "number",
    "boolean": "boolean",
    "date": "date",
}
_CROISSANT_TYPES = {
    "string": "sc:Text",
    "Int64": "sc:Integer",
    "Float64": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
}

_CROISSANT_CONTEXT: _Object = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def data_package(manifest: Manifest) -> str:
    """Describe a release as a Data Package.

    Parameters
    ----------
    manifest : Manifest
        Its tables and their files.

    Returns
    -------
    str
        datapackage.json, valid by versions 1 and 2 of the standard.
    """
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "vzevents",
        "title": TITLE,
        "description": _description(manifest),
        "version": manifest.version,
        "created": f"{manifest.date}T00:00:00Z",
        "keywords": list(KEYWORDS),
        "licenses": [{"name": LICENSE, "path": LICENSE_URL, "title": "Creative Commons Attribution 4.0"}],
        "contributors": [{"title": AUTHOR, "roles": ["creator"]}],
        "resources": [_resource(manifest, table) for table in manifest.tables],
    }
    return _json(package)


def _resource(manifest: Manifest, name: str) -> _Object:
    entry, table = manifest.tables[name], table_schema(name)
    file = manifest.files[entry.file]
    return {
        "name": name,
        "type": "table",
        "title": table.title,
        "path": entry.file,
        "description": table.description,
        "format": "parquet",
        "mediatype": _PARQUET,
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "schema": _table_schema(table),
    }


def _table_schema(table: Table) -> _Object:
    schema: _Object = {
        "fields": [_field(column) for column in table.columns.values()],
        "primaryKey": list(table.key),
    }
    foreign = [_foreign_key(column, target) for name, column, target in _FOREIGN_KEYS if name == table.name]
    return schema | ({"foreignKeys": foreign} if foreign else {})


def _field(column: Column) -> _Object:
    constraints: _Object = {"required": not column.nullable}
    if "isin" in column.checks:
        constraints["enum"] = list(column.checks["isin"])
    return {
        "name": column.name,
        "title": column.title,
        "type": _PACKAGE_TYPES[column.dtype],
        "description": column.description,
        "constraints": constraints,
    }


def _foreign_key(column: str, target: str) -> _Object:
    return {"fields": [column], "reference": {"resource": target, "fields": list(table_schema(target).key)}}


def croissant(manifest: Manifest) -> str:
    """Describe a release in the Croissant vocabulary of MLCommons.

    Parameters
    ----------
    manifest : Manifest
        Its tables and their files.

    Returns
    -------
    str
        croissant.json, by version 1.0. It gives no `url`, as the release has no page of its own.
    """
    dataset = {
        "@context": _CROISSANT_CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "vzevents",
        "description": _description(manifest),
        "version": manifest.version,
        "datePublished": manifest.date,
        "license": LICENSE_URL,
        "creator": {"@type": "sc:Organization", "name": AUTHOR},
        "keywords": list(KEYWORDS),
        "isLiveDataset": False,
        "citeAs": render(Citation.of(manifest), "bibtex"),
        "distribution": [_file_object(manifest, table) for table in manifest.tables],
        "recordSet": [_record_set(manifest, table) for table in manifest.tables],
    }
    return _json(dataset)


def _file_object(manifest: Manifest, table: str) -> _Object:
    name = manifest.tables[table].file
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "description": f"The table {table}.",
        "contentUrl": name,
        "contentSize": f"{manifest.files[name].bytes} B",
        "encodingFormat": "application/x-parquet",
        "sha256": manifest.files[name].sha256,
    }


def _record_set(manifest: Manifest, name: str) -> _Object:
    file, table = manifest.tables[name].file, table_schema(name)
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": table.description,
        "key": [{"@id": f"{name}/{column}"} for column in table.key],
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{name}/{column.name}",
                "name": column.name,
                "description": column.description,
                "dataType": _CROISSANT_TYPES[column.dtype],
                "source": {"fileObject": {"@id": file}, "extract": {"column": column.name}},
            }
            for column in table.columns.values()
        ],
    }


def _description(manifest: Manifest) -> str:
    return f"{ABSTRACT} {Citation.of(manifest).remarks()}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
