// How many bytes an edition takes, against the same content in the forms that others would choose.
//
//   make bench-size        node size.mjs EDITION…     (HONGBANG and BENCH_PYTHON3 name the programs)
//
// The budget of DESIGN: at most 0.42 of the smaller of NDJSON behind brotli 11 and Parquet (zstd 19, delta encodings).
// Parquet is measured in the edition's order and in the order of print, which suits it better; the verdict is on the
// smallest of all. But for what `export` itself writes, no peer carries what a reader works out anew, nor the readings for
// the search that an edition has.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const BUDGET = 0.42;
const hongbang = process.env.HONGBANG ?? 'target/release/hongbang';
const python = process.env.BENCH_PYTHON3 ?? 'python3';
// Brotli 11 takes a second for each half a megabyte: more than this of an export is not worth the wait.
const MOST = 64e6;

const editions = process.argv.slice(2).map(measure);
const forms = Object.keys(editions[0].forms);
console.log(`\n| bytes | ${editions.map(({ name }) => name).join(' | ')} |\n|---|${editions.map(() => '--:').join('|')}|`);
console.log(`| the edition | ${editions.map(({ bytes }) => number(bytes)).join(' | ')} |`);
for (const form of forms) {
  const cell = ({ bytes, forms }) => (forms[form] ? `${number(forms[form])} (${(bytes / forms[form]).toFixed(2)})` : '–');
  console.log(`| ${form} | ${editions.map(cell).join(' | ')} |`);
}
console.log('\n(In brackets: the edition as a share of it.)\n');
const missed = editions.filter((edition) => !verdict(edition));
process.exitCode = missed.length ? 1 : 0;

function measure(file) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-size-'));
  try {
    const run = (...args) => execFileSync(hongbang, ['export', file, '--out', join(folder, args[0]), '--format', args[1]]);
    run('export', 'csv');
    run('export.ndjson', 'ndjson');
    run('exported', 'parquet');
    execFileSync(python, [join(import.meta.dirname, 'peers.py'), join(folder, 'export'), folder], { stdio: 'inherit' });
    const size = (name) => statSync(join(folder, name)).size;
    return {
      name: `${basename(file, '.hongbang')}, ${number(firms(join(folder, 'export/firms.csv')))} firms`,
      bytes: statSync(file).size,
      forms: {
        'Parquet, in the order of print': size('print.parquet'),
        'Parquet, in the order of the edition': size('edition.parquet'),
        'Parquet as `export` writes it, what can be worked out included': ['firms', 'samplings', 'bulletins']
          .map((table) => size(`exported/${table}.parquet`))
          .reduce((sum, bytes) => sum + bytes),
        'columns in JSON, brotli 11': brotli(join(folder, 'columns.json')),
        'CSV in the order of print, brotli 11': brotli(join(folder, 'print.csv')),
        'CSV in the order of the edition, brotli 11': brotli(join(folder, 'edition.csv')),
        'NDJSON, brotli 11': brotli(join(folder, 'list.ndjson')),
        'NDJSON as `export` writes it, brotli 11': brotli(join(folder, 'export.ndjson')),
      },
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function firms(table) {
  return readFileSync(table, 'utf8').trimEnd().split('\n').length - 1;
}

function brotli(file) {
  const bytes = readFileSync(file);
  if (bytes.length > MOST) return undefined;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return brotliCompressSync(bytes, { params }).length;
}

function verdict({ name, bytes, forms }) {
  const named = (words) => Math.min(...words.map((word) => forms[word]));
  const asExported = named(['Parquet, in the order of the edition', 'NDJSON, brotli 11']);
  const smallest = Math.min(...Object.values(forms).filter(Boolean));
  const share = (of) => `${(bytes / of).toFixed(3)} (${bytes <= BUDGET * of ? 'within budget' : 'over budget'})`;
  console.log(
    `${name}: budget ${BUDGET}; of the smaller of Parquet and NDJSON in its own order ${share(asExported)}; ` +
      `of the smallest of all ${share(smallest)}`,
  );
  return bytes <= BUDGET * smallest;
}

function number(value) {
  return value.toLocaleString('en');
}
