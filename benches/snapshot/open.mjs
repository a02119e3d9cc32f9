// How long the npm package takes to open a list in Chromium, against JSON of the same content in the same run.
//
//   make bench-open        node open.mjs DEMO…     (each made by `hongbang demo`; CHROME, HONGBANG, BENCH_PYTHON3)
//
// Ours is `openStored`: signatures from the pinned root on, SHA-256, decoding, every streak and tier recomputed,
// ready to search. The peers hash (WebCrypto), decompress and parse; they verify no signature, judge nothing and
// cannot search. Measured is the first time in a fresh page, which is what a visitor waits for and what the verdict is
// on, and later times in the same page, when the browser has optimised the code. Each is the best of some, since other
// work on the machine can only make it longer.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { open } from '../../pkg/index.js';

const { chromium } = createRequire(resolve('tests/browser/package.json'))('playwright-core');
/** Milliseconds of DESIGN, up to so many firms. */
const BUDGETS = [[5416, 25], [100_000, 250]];
const PAGES = 7;
const AGAIN = 9;

const browser = await chromium.launch({
  executablePath: process.env.CHROME,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
});
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
  const { files, firms } = await content(demo);
  const server = createServer((request, response) => {
    const body = files.get(request.url);
    const type = { html: 'text/html', js: 'text/javascript', wasm: 'application/wasm' }[request.url.split('.').at(-1)];
    response.writeHead(body ? 200 : 404, {
      'content-type': type ?? 'application/octet-stream',
      // Isolated, so that the page's clock is fine enough.
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    }).end(body);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${server.address().port}`;
  console.log(`\n${firms.toLocaleString('en')} firms\n\n| | bytes | first, ms | later, ms |\n|---|--:|--:|--:|`);
  const row = async (title, size, kind, given) => {
    const runs = [];
    for (let page = 0; page < PAGES; page += 1) runs.push(await once(origin, kind, given));
    const [first, later] = ['first', 'later'].map((which) => Math.min(...runs.map((run) => run[which])));
    console.log(`| ${title} | ${size.toLocaleString('en')} | ${first.toFixed(1)} | ${later.toFixed(1)} |`);
    return first;
  };
  const ours = await row('**hongbang**', files.get('/edition').length, 'hongbang');
  const peers = [
    await row(`NDJSON, ${compression}, JSON.parse a line`, files.get('/list').length, 'json', { name: '/list', lines: true, compression }),
    await row(`columns in JSON, ${compression}, JSON.parse`, files.get('/columns').length, 'json', { name: '/columns', lines: false, compression }),
  ];
  server.close();
  const budget = BUDGETS.find(([most]) => firms <= most)?.[1];
  const verdict = budget && `budget ${budget} ms, found ${ours.toFixed(1)} ms: ${ours <= budget ? 'within budget' : 'over budget'}`;
  console.log(`\n${verdict ?? 'no budget'}; ${peers.map((peer) => (ours / peer).toFixed(2)).join(' and ')} of the peers' time`);
  return !budget || ours <= budget;
}

/** What the server has: the package, what it keeps of the demo's repository, and the peers' files. */
async function content(demo) {
  const read = (path) => readFileSync(path);
  const root = read(join(demo, 'root.json'));
  let stored;
  const fetch = async (url) => {
    try { return new Response(read(join(demo, 'repository', url.pathname))); } catch { return new Response(null, { status: 404 }); }
  };
  const storage = { get: async () => undefined, set: async (value) => { stored = value; } };
  const list = await open({ repository: 'https://list.example/', root, fetch, storage, wasm: read('pkg/dist/hongbang_bg.wasm') });
  const folder = mkdtempSync(join(tmpdir(), 'bench-open-'));
  try {
    const edition = join(demo, 'editions', `${list.edition.as_of}.hongbang`);
    const csv = join(folder, 'csv');
    execFileSync(process.env.HONGBANG ?? 'target/release/hongbang', ['export', edition, '--format', 'csv', '--out', csv]);
    execFileSync(process.env.BENCH_PYTHON3 ?? 'python3', [join(import.meta.dirname, 'peers.py'), csv, folder, 'json']);
    const files = new Map([
      ['/page.html', '<!doctype html><meta charset="utf-8"><title>bench</title>'],
      ['/hongbang.js', read('pkg/dist/hongbang.js')],
      ['/hongbang_bg.wasm', read('pkg/dist/hongbang_bg.wasm')],
      ['/root', root],
      ['/edition', Buffer.from(stored.edition)],
      ['/metadata.json', JSON.stringify(stored.files.map((file) => Buffer.from(file).toString('base64')))],
      ['/list', compress(read(join(folder, 'list.ndjson')))],
      ['/columns', compress(read(join(folder, 'columns.json')))],
    ]);
    return { files, firms: read(join(csv, 'firms.csv'), 'utf8').toString().trimEnd().split('\n').length - 1 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One fresh page. */
async function once(origin, kind, given = {}) {
  const page = await browser.newPage();
  try {
    await page.goto(`${origin}/page.html`);
    return await page.evaluate(kind === 'hongbang' ? openOurs : openJson, { ...given, again: AGAIN });
  } finally {
    await page.close();
  }
}

/* Both run in the page. */

async function openOurs({ again }) {
  const bytes = async (name) => new Uint8Array(await (await fetch(name)).arrayBuffer());
  const { default: init, openStored } = await import('/hongbang.js');
  await init({ module_or_path: '/hongbang_bg.wasm' });
  const [root, edition] = [await bytes('/root'), await bytes('/edition')];
  const metadata = (await (await fetch('/metadata.json')).json()).map((text) => Uint8Array.from(atob(text), (c) => c.charCodeAt()));
  const times = [];
  for (let pass = 0; pass <= again; pass += 1) {
    const start = performance.now();
    const { checker } = openStored(root, metadata, edition);
    times.push(performance.now() - start);
    checker.free();
  }
  const [first, ...later] = times;
  return { first, later: Math.min(...later) };
}

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
  const [first, ...later] = times;
  return { first, later: Math.min(...later) };
}

function compress(bytes) {
  // Quality 9 for large files: what it costs is bytes, which this bench does not judge, and not time to decompress.
  const quality = bytes.length > 32e6 ? 9 : 11;
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_LGWIN]: 24 };
  return brotliIsNative ? brotliCompressSync(bytes, { params }) : gzipSync(bytes, { level: 9 });
}
