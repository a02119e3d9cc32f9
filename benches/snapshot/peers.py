"""Writes an exported edition in the forms that the snapshot is measured against.

python3 peers.py EXPORT OUT [json]      json: the first two only, which is faster

EXPORT holds firms.csv, samplings.csv and bulletins.csv of `hongbang export --format csv`. What a reader works out
anew (streaks, outcomes, what counts and why) is left out, so that no peer pays for it. In OUT:

- list.ndjson: the bulletins, then one firm a line with its samplings; what is empty or usual is left out
- columns.json: one array for each column, words and texts that repeat by their place in a list
- edition.csv, print.csv, edition.parquet, print.parquet: all tables one after the other, samplings in the order of
  the edition (firm by firm) or of print (bulletin by bulletin)

For Parquet each column gets the encoding that makes it smallest, zstd at level 19 behind it, in one row group.
"""

import csv
import io
import json
import pathlib
import sys

import pyarrow
import pyarrow.csv
import pyarrow.parquet

DERIVED = {
    "firms": ["firm", "streak_start", "streak_end", "streak_years", "streak_samplings"],
    "samplings": ["outcome", "counts", "why"],
    "bulletins": [],
}
# What most samplings are.
USUAL = {"day_from": "published", "first_test": "conforming", "retest": "none", "follow_up": "none",
         "standing": "final", "role": "producer"}
SEVERAL = ["former_names", "trade_marks", "gs1_prefixes", "labels", "failed_items"]
NUMBERS = ["firm", "row", "rows", "tier_years", "inspection_year", "bulletin"]
DAYS = ["day", "published_on"]
ENCODINGS = ["PLAIN", "RLE_DICTIONARY", "DELTA_BINARY_PACKED", "DELTA_BYTE_ARRAY", "DELTA_LENGTH_BYTE_ARRAY"]


def main(export, out, wanted="all"):
    tables = {name: read(export / f"{name}.csv", derived) for name, derived in DERIVED.items()}
    out.mkdir(parents=True, exist_ok=True)
    (out / "list.ndjson").write_text(ndjson(tables), "utf-8")
    places = {bulletin["id"]: str(place) for place, bulletin in enumerate(tables["bulletins"])}
    for sampling in tables["samplings"]:
        sampling["bulletin"] = places[sampling["bulletin"]]
    (out / "columns.json").write_text(columns(tables), "utf-8")
    if wanted == "json":
        return
    printed = sorted(tables["samplings"], key=lambda row: [int(row[part]) for part in ("bulletin", "row", "firm")])
    for order, samplings in [("edition", tables["samplings"]), ("print", printed)]:
        ordered = tables | {"samplings": samplings}
        (out / f"{order}.csv").write_text("\n".join(map(as_csv, ordered.values())), "utf-8")
        (out / f"{order}.parquet").write_bytes(b"".join(as_parquet(table) for table in ordered.values()))


def read(file, derived):
    with file.open(encoding="utf-8", newline="") as lines:
        return [{name: text for name, text in row.items() if name not in derived} for row in csv.DictReader(lines)]


def ndjson(tables):
    firms = [shorter(firm) | {"samplings": []} for firm in tables["firms"]]
    for sampling in tables["samplings"]:
        firm = firms[int(sampling["firm"])]
        firm["samplings"].append(shorter({name: text for name, text in sampling.items() if name != "firm"}))
    return "".join(line(row) + "\n" for row in [*map(shorter, tables["bulletins"]), *firms])


def shorter(row):
    return {name: typed(name, text) for name, text in row.items() if text not in ("", USUAL.get(name))}


def typed(name, text):
    if name in SEVERAL:
        return text.split(";")
    return int(text) if name in NUMBERS and text.isdigit() else text


def columns(tables):
    return line({name: {column: one_column(column, [row[column] for row in rows]) for column in rows[0]}
                 for name, rows in tables.items()})


def one_column(name, texts):
    if name in NUMBERS:
        return [int(text) if text else None for text in texts]
    words = sorted(set(texts))
    if 2 * len(words) > len(texts):
        return texts
    places = {word: place for place, word in enumerate(words)}
    return {"words": words, "places": [places[text] for text in texts]}


def line(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def as_csv(rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def as_parquet(rows):
    """Each column in the encoding that makes a table of it alone the smallest."""
    table = typed_table(rows)
    best = {name: min(ENCODINGS, key=lambda encoding: length(table.select([name]), {name: encoding}))
            for name in table.column_names}
    return written(table, best)


def typed_table(rows):
    types = {name: pyarrow.int32() if name in NUMBERS else pyarrow.date32() if name in DAYS else pyarrow.string()
             for name in rows[0]}
    options = pyarrow.csv.ConvertOptions(column_types=types, strings_can_be_null=True)
    parsing = pyarrow.csv.ParseOptions(newlines_in_values=True)
    return pyarrow.csv.read_csv(io.BytesIO(as_csv(rows).encode()), parse_options=parsing, convert_options=options)


def length(table, encodings):
    try:
        return len(written(table, encodings))
    except (OSError, pyarrow.ArrowException):
        return float("inf")  # this encoding is not for columns of this type


def written(table, encodings):
    bytes_ = io.BytesIO()
    pyarrow.parquet.write_table(
        table, bytes_, compression="zstd", compression_level=19, write_statistics=False, store_schema=False,
        row_group_size=max(1, table.num_rows), data_page_size=1 << 26, dictionary_pagesize_limit=1 << 26,
        use_dictionary=[name for name, encoding in encodings.items() if encoding == "RLE_DICTIONARY"],
        column_encoding={name: encoding for name, encoding in encodings.items() if encoding != "RLE_DICTIONARY"},
    )
    return bytes_.getvalue()


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), *sys.argv[3:])
