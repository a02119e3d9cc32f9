// How long the npm package takes to open a list in Chromium, against JSON of the same content in the same run.
//
//   make bench-open        node open.mjs DEMO…     (each made by `hongbang demo`; CHROME, HONGBANG, BENCH_PYTHON3)
//
// Ours verifies signatures and SHA-256, decodes, recomputes every streak and tier, and is ready to search; once a device
// keeps what an edition decoded to, it reads that instead of decoding, verified by a hash that the publisher signed. The
// peers hash (WebCrypto), decompress and parse; they verify no signature, judge nothing and cannot search. The verdicts
// are on the first time in a fresh page.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { best, launch, listOf, openOurs, serve } from './chromium.mjs';

/** Milliseconds of DESIGN, up to so many firms. */
const BUDGETS = [[5416, 25], [100_000, 250]];

const browser = await launch();
const brotliIsNative = await (await browser.newPage()).evaluate(() => {
  try { return Boolean(new DecompressionStream('brotli')); } catch { return false; }
});
const compression = brotliIsNative ? 'brotli' : 'gzip';
console.log(`Chromium ${browser.version()}, which decompresses ${brotliIsNative ? 'brotli' : 'gzip, not brotli,'} itself`);
let kept = true;
for (const demo of process.argv.slice(2)) kept = (await bench(demo)) && kept;
await browser.close();
process.exitCode = kept ? 0 : 1;

async function bench(demo) {
  const { files, edition, asOf } = await listOf(demo);
  const firms = addPeers(files, join(demo, 'editions', `${asOf}.hongbang`));
  const { origin, server } = await serve(files);
  console.log(`\n${firms.toLocaleString('en')} firms\n\n| | bytes | first, ms | later, ms |\n|---|--:|--:|--:|`);
  const row = async (title, size, measure, given) => {
    const { first, later } = await best(browser, origin, measure, given);
    console.log(`| ${title} | ${size.toLocaleString('en')} | ${first.toFixed(1)} | ${later.toFixed(1)} |`);
    return first;
  };
  const decoded = await row('**hongbang**, its file', edition.length, openOurs, { kept: false });
  const read = await row('**hongbang**, kept columns', files.get('/columns').length, openOurs, { kept: true });
  const peer = (title, name, lines) => row(title, files.get(name).length, openJson, { name, lines, compression });
  const peers = [
    await peer(`NDJSON, ${compression}, JSON.parse a line`, '/list', true),
    await peer(`columns in JSON, ${compression}, JSON.parse`, '/columns.json', false),
  ];
  server.close();
  const budget = BUDGETS.find(([most]) => firms <= most)?.[1];
  for (const [what, ours] of [['the file', decoded], ['kept columns', read]]) {
    const verdict = budget && `budget ${budget} ms, found ${ours.toFixed(1)} ms: ${ours <= budget ? 'within budget' : 'over budget'}`;
    console.log(`\n${what}: ${verdict ?? 'no budget'}; ${peers.map((time) => (ours / time).toFixed(2)).join(' and ')} of the peers' time`);
  }
  return !budget || Math.max(decoded, read) <= budget;
}

/** Adds the same content as compressed JSON, and gives the number of firms. */
function addPeers(files, edition) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-open-'));
  const csv = join(folder, 'csv');
  try {
    execFileSync(process.env.HONGBANG ?? 'target/release/hongbang', ['export', edition, '--format', 'csv', '--out', csv]);
    execFileSync(process.env.BENCH_PYTHON3 ?? 'python3', [join(import.meta.dirname, 'peers.py'), csv, folder, 'json']);
    files.set('/list', compress(readFileSync(join(folder, 'list.ndjson'))));
    files.set('/columns.json', compress(readFileSync(join(folder, 'columns.json'))));
    return readFileSync(join(csv, 'firms.csv'), 'utf8').trimEnd().split('\n').length - 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** In the page. */
async function openJson({ name, lines, compression, again }) {
  const bytes = await (await fetch(name)).arrayBuffer();
  const times = [];
  for (let pass = 0; pass <= again; pass += 1) {
    const start = performance.now();
    const hash = await crypto.subtle.digest('SHA-256', bytes);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(compression));
    const text = await new Response(stream).text();
    globalThis.opened = [hash, lines ? text.trimEnd().split('\n').map((line) => JSON.parse(line)) : JSON.parse(text)];
    times.push(performance.now() - start);
  }
  return { times };
}

function compress(bytes) {
  // Quality 9 for large files: what it costs is bytes, which this bench does not judge, and not time to decompress.
  const quality = bytes.length > 32e6 ? 9 : 11;
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_LGWIN]: 24 };
  return brotliIsNative ? brotliCompressSync(bytes, { params }) : gzipSync(bytes, { level: 9 });
}
