"""Writes the dataset in FOLDER/dataset anew as other programs do: python3 dataset.py FOLDER

- duckdb: one file a table, rows in no order, snappy, all numbers 64 bits wide
- duckdb-hive: rows in a folder for each bulletin
- pyarrow: rows in several part files, gzip, the columns in another order and one more than is known
"""
import pathlib
import shutil
import sys

import duckdb
import pyarrow
import pyarrow.dataset
import pyarrow.parquet

folder = pathlib.Path(sys.argv[1])
dataset = folder / "dataset"
duckdb.sql("SET enable_progress_bar = false")
for name, options in [("duckdb", ""), ("duckdb-hive", ", PARTITION_BY (bulletin)")]:
    out = folder / name
    out.mkdir()
    duckdb.sql(f"""COPY (SELECT * REPLACE (row::BIGINT AS row) FROM '{dataset}/rows.parquet' ORDER BY hash(firm, row))
                   TO '{out}/rows{"" if options else ".parquet"}' (FORMAT parquet{options})""")
    for table in ["bulletins", "register"]:
        duckdb.sql(f"COPY (FROM '{dataset}/{table}.parquet') TO '{out}/{table}.parquet' (FORMAT parquet)")

rows = pyarrow.parquet.read_table(dataset / "rows.parquet")
rows = rows.append_column("loaded_by", pyarrow.array(["a job"] * len(rows)))
pyarrow.dataset.write_dataset(
    rows.select(rows.column_names[::-1]), folder / "pyarrow" / "rows", format="parquet",
    max_rows_per_file=5_000, max_rows_per_group=1_000,
    file_options=pyarrow.dataset.ParquetFileFormat().make_write_options(compression="gzip"),
)
for table in ["bulletins", "register"]:
    shutil.copy(dataset / f"{table}.parquet", folder / "pyarrow")
