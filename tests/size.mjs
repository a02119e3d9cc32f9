// How much a first visit of the app costs, in bytes after brotli, apart from the list itself; fails above the budget.
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

// What it costs today, rounded up: it may only fall.
const BUDGET = 164_000;
const [dist = 'dist'] = process.argv.slice(2);

// Pictures for the home screen are fetched when the app is installed, the list and its metadata are the list.
const isFirstVisit = path => !/^(repository|starter|icons)\/|^icon-/.test(path);

const files = readdirSync(dist, { withFileTypes: true, recursive: true })
  .filter(entry => entry.isFile())
  .map(entry => relative(dist, join(entry.parentPath ?? entry.path, entry.name)))
  .filter(isFirstVisit)
  .map(path => ({ path, ...measure(join(dist, path)) }))
  .sort((a, b) => b.brotli - a.brotli);

for (const { path, raw, brotli } of files) console.log(`${number(raw)} ${number(brotli)}  ${path}`);
const total = files.reduce((sum, { brotli }) => sum + brotli, 0);
console.log(`${' '.repeat(10)} ${number(total)}  first visit, brotli; budget ${BUDGET}`);
if (total > BUDGET) {
  console.error(`size: expected at most ${BUDGET} bytes, found ${total}`);
  process.exit(1);
}

function measure(path) {
  const bytes = readFileSync(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };
  return { raw: bytes.length, brotli: brotliCompressSync(bytes, { params }).length };
}

function number(bytes) {
  return String(bytes).padStart(10);
}
