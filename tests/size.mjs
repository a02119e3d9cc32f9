// How much a first visit of the app costs, in bytes after brotli, apart from the list itself, and how much comes later:
// the rest of the program, the scanner, and the texts of the languages that were not asked for; fails above a budget.
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

// 110 KB of 1,024 bytes, which is also what it costs today.
const BUDGET = 112_640;
// The rest of the program comes once the list answers, or when one of its screens is opened; what finds names that are
// not typed as they are written is of it.
const REST_BUDGET = 72_200;
// The scanner comes when somebody scans, or after the first visit, for offline use.
const SCANNER_BUDGET = 40_000;
const [dist = 'dist'] = process.argv.slice(2);

// Pictures for the home screen are fetched when the app is installed, the list and its metadata are the list, and what
// ends with .br or .gz is a file of these once more, compressed.
const isFirstVisit = path => !/^(repository|starter|icons)\/|^icon-|\.(br|gz)$/.test(path);

const files = readdirSync(dist, { withFileTypes: true, recursive: true })
  .filter(entry => entry.isFile())
  .map(entry => relative(dist, join(entry.parentPath ?? entry.path, entry.name)))
  .filter(isFirstVisit)
  .map(path => ({ path, ...measure(join(dist, path)) }))
  .sort((a, b) => b.brotli - a.brotli);

// The rest of the program comes in one language, too.
const [longest, ...otherMore] = files.filter(({ path }) => path.startsWith('more-'));
const isRest = file => file.path.startsWith('rest-') || file === longest;
const isScanner = ({ path }) => path.startsWith('scanner-');
// A first visit brings one language; the longest is counted.
const [, ...otherTexts] = files.filter(({ path }) => path.startsWith('texts-'));
// The service worker is registered once the list answers.
const isWorker = ({ path }) => path === 'sw.js';
const isLater = file => isWorker(file) || isRest(file) || isScanner(file) || otherTexts.includes(file) || otherMore.includes(file);
const within = [
  check('first visit', files.filter(file => !isLater(file)), BUDGET),
  check('rest', files.filter(file => isRest(file) || isWorker(file)), REST_BUDGET),
  check('scanner', files.filter(isScanner), SCANNER_BUDGET),
  ...[otherTexts, otherMore].map(others => others.length === 2 || console.error(`size: expected texts in three languages, found ${others.length + 1}`)),
];
process.exit(within.every(Boolean) ? 0 : 1);

function check(name, files, budget) {
  for (const { path, raw, brotli } of files) console.log(`${number(raw)} ${number(brotli)}  ${path}`);
  const total = files.reduce((sum, { brotli }) => sum + brotli, 0);
  console.log(`${' '.repeat(10)} ${number(total)}  ${name}, brotli; budget ${budget}`);
  if (total > budget) console.error(`size: expected at most ${budget} bytes for the ${name}, found ${total}`);
  if (files.length === 0) console.error(`size: expected files of the ${name} in ${dist}, found none`);
  return total <= budget && files.length > 0;
}

function measure(path) {
  const bytes = readFileSync(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };
  return { raw: bytes.length, brotli: brotliCompressSync(bytes, { params }).length };
}

function number(bytes) {
  return String(bytes).padStart(10);
}
