"""The peer in SQL: DuckDB over the same columns, on one thread.

Prints the seconds of the best pass and the firms in the tiers of 10, 5 and 3 years.
python3 rule_duckdb.py FOLDER READING AS_OF PASSES
"""

import sys
import time

import duckdb
import numpy

folder, reading, as_of, passes = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
firsts = numpy.fromfile(f"{folder}/firsts.u32", "<u4")
days = numpy.fromfile(f"{folder}/days.i32", "<i4")
failed = numpy.fromfile(f"{folder}/failures.u8", "u1")
firm = numpy.repeat(numpy.arange(len(firsts) - 1, dtype="i4"), numpy.diff(firsts.astype("i8")))

db = duckdb.connect()
db.execute("SET threads = 1")
db.register("columns", {"firm": firm, "day": days, "failed": failed})
db.execute("""CREATE TABLE samplings AS
    SELECT firm, DATE '1970-01-01' + day AS day, failed = 1 AS failed FROM columns ORDER BY firm, day""")

# Complete years by anniversaries; adding an interval of years falls back to the last day of the month, as ours does.
YEARS = "date_part('year', {end}) - date_part('year', {start})" \
    " - CAST(CAST({start} + to_years(CAST(date_part('year', {end}) - date_part('year', {start}) AS INT)) AS DATE) > {end} AS INT)"
AS_OF = f"(DATE '1970-01-01' + {as_of})"

BY_DAY = """
    WITH failures AS (SELECT firm, max(day) FILTER (failed) AS failed_on FROM samplings GROUP BY firm),
    runs AS (SELECT firm, min(day) AS first, max(day) AS last FROM samplings JOIN failures USING (firm)
             WHERE failed_on IS NULL OR day > failed_on GROUP BY firm)
    SELECT {years} AS years FROM runs"""
BY_YEAR = """
    WITH years AS (SELECT firm, date_part('year', day) AS year, bool_or(failed) AS failed FROM samplings GROUP BY ALL),
    failures AS (SELECT firm, max(year) FILTER (failed) AS failed_in FROM years GROUP BY firm),
    clean AS (SELECT firm, year FROM years JOIN failures USING (firm) WHERE failed_in IS NULL OR year > failed_in)
    {select}"""
QUERIES = {
    "elapsed": BY_DAY.format(years=YEARS.format(start="first", end=AS_OF)),
    "spanned": BY_DAY.format(years=YEARS.format(start="first", end="last")),
    "distinct-years": BY_YEAR.format(select="SELECT count(*) AS years FROM clean GROUP BY firm"),
    "every-year": BY_YEAR.format(select=f"""
    , islands AS (SELECT firm, year, year - row_number() OVER (PARTITION BY firm ORDER BY year) AS island FROM clean)
    , chains AS (SELECT firm, max(year) AS last, count(*) AS years FROM islands GROUP BY firm, island)
    SELECT years FROM chains WHERE last >= date_part('year', {AS_OF}) - 1"""),
}
TIERS = f"""SELECT count(*) FILTER (years >= 10), count(*) FILTER (years >= 5 AND years < 10),
    count(*) FILTER (years >= 3 AND years < 5) FROM ({QUERIES[reading]})"""

best = float("inf")
for _ in range(passes):
    start = time.process_time()
    tiers = db.execute(TIERS).fetchone()
    best = min(best, time.process_time() - start)
print(best, *tiers)
