"""From a ledger to a signed edition: time and memory, against DuckDB over the same tables.

make bench-build        python3 build.py DEMO      (made by `hongbang demo`; HONGBANG names the program)

Ours verifies every table's hash, books names to firms, finds duplicates, judges, encodes and signs. DuckDB reads the
same tables and writes one Parquet file, sorted by firm and day, zstd behind it: it books and judges nothing. The
budget of DESIGN is for 10 million samplings and a million firms. Memory is the most that a process held at once.

The same edition, byte for byte, must come of a dataset that DuckDB writes of the ledger in no order at all.
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import time

SECONDS, GIB = 60, 4
SHUFFLE = """
import duckdb, sys
duckdb.sql("SET enable_progress_bar = false")
duckdb.sql(f"COPY (FROM '{sys.argv[1]}/rows.parquet' ORDER BY hash(firm, product, row)) TO '{sys.argv[2]}' (FORMAT parquet)")
"""
PEER = """
import duckdb, sys
duckdb.sql("SET enable_progress_bar = false")
duckdb.sql(f"COPY (SELECT * FROM read_csv('{sys.argv[1]}/bulletins/*.csv', header=true, all_varchar=true) "
           f"ORDER BY firm, day) TO '{sys.argv[2]}' (FORMAT parquet, COMPRESSION zstd)")
"""


def main(demo):
    hongbang = os.environ.get("HONGBANG", "target/release/hongbang")
    with tempfile.TemporaryDirectory(prefix="bench-build-") as name:
        folder = pathlib.Path(name)
        edition, table = folder / "edition.hongbang", folder / "samplings.parquet"
        ledger = demo / "ledger"
        build = run([hongbang, "build", ledger, "--policy", demo / "policy.toml", "--as-of", "2025-10-31",
                     "--scope", "inspected", "--out", edition])
        sign = run([hongbang, "publish", edition, "--keys", demo / "keys", "--repo", folder / "repository"])
        peer = run([sys.executable, "-c", PEER, ledger, table])
        dataset, again = folder / "dataset", folder / "again.hongbang"
        export = run([hongbang, "export", ledger, "--format", "parquet", "--out", dataset])
        run([sys.executable, "-c", SHUFFLE, dataset, folder / "shuffled.parquet"])
        (folder / "shuffled.parquet").replace(dataset / "rows.parquet")
        of_dataset = run([hongbang, "build", dataset, "--policy", demo / "policy.toml", "--as-of", "2025-10-31",
                          "--scope", "inspected", "--out", again])
        if again.read_bytes() != edition.read_bytes():
            sys.exit("expected the same edition of the dataset, found another")
        print("\n| | seconds | of which processors worked | GiB | bytes |\n|---|--:|--:|--:|--:|")
        row("build", build, edition)
        row("sign and publish", sign)
        row("DuckDB, to Parquet", peer, table)
        row("export of the ledger as a dataset", export)
        row("build of that dataset, its rows shuffled by DuckDB", of_dataset, again)
    seconds, gib = build[0] + sign[0], max(build[2], sign[2], of_dataset[2])
    kept = seconds <= SECONDS and gib <= GIB
    print(f"\nbudget {SECONDS} s and {GIB} GiB, found {seconds:.0f} s and {gib:.1f} GiB: "
          f"{'within' if kept else 'over'} budget; {seconds / peer[0]:.1f} of DuckDB's time, "
          f"{gib / peer[2]:.1f} of its memory")
    return 0 if kept else 1


def run(command):
    """Seconds, seconds of processors, GiB."""
    start = time.monotonic()
    child = subprocess.Popen(command, stdout=sys.stdout)
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        sys.exit(f"{command[:2]}: status {status}")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 2**20


def row(what, found, file=None):
    seconds, worked, gib = found
    print(f"| {what} | {seconds:.1f} | {worked:.1f} | {gib:.2f} | {file.stat().st_size if file else ''} |")


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
