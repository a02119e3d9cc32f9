// Ours and its peers in one run of Chromium: same names, same questions, one engine a page.
//
//   node run.mjs FOLDER PACKAGE [ENGINE…]
//
// FOLDER has names.json, questions.json and edition.snapshot (see ../main.rs), PACKAGE is the built npm package.
// CHROME names the browser. The page is cross-origin isolated, so that its clock is fine enough.
import { createServer } from 'node:http';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';

const here = import.meta.dirname;
const [folder, pkg, ...wanted] = process.argv.slice(2).map((path, at) => (at < 2 ? resolve(path) : path));
const LIMIT = 20;
/** How long one engine may take over one kind of question, in seconds: Fuse.js needs minutes for all of them. */
const SECONDS = 8;

const engines = [
  ['hongbang', '**hongbang**'],
  ['scan', 'plain scan'],
  ['minisearch', 'MiniSearch, pairs'],
  ['flexsearch', 'FlexSearch CJK'],
  ['flexsearch-context', 'FlexSearch CJK, context'],
  ['fuse', 'Fuse.js'],
  ['ufuzzy', 'uFuzzy'],
  ['sqlite', 'SQLite FTS5 trigram'],
].filter(([engine]) => wanted.length === 0 || wanted.includes(engine));

const brotli = (bytes, quality = 11) =>
  brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_LGWIN]: 22 },
  }).length;

async function bundle(engine) {
  const { outputFiles } = await build({
    entryPoints: [join(here, 'engines', `${engine}.js`)],
    bundle: true,
    format: 'esm',
    minify: true,
    write: false,
    alias: { hongbang: join(pkg, 'hongbang.js') },
    external: ['node:*'],
    logLevel: 'error',
  });
  return outputFiles[0].contents;
}

const wasmOf = {
  hongbang: join(pkg, 'hongbang_bg.wasm'),
  sqlite: join(here, 'node_modules/@sqlite.org/sqlite-wasm/dist/sqlite3.wasm'),
};

const files = new Map();
files.set('/', ['text/html', '<!doctype html><meta charset="utf-8"><title>bench</title>']);
for (const name of ['names.json', 'questions.json', 'edition.snapshot']) {
  files.set(`/${name}`, ['application/octet-stream', readFileSync(join(folder, name))]);
}
const code = {};
for (const [engine] of engines) {
  const script = await bundle(engine);
  files.set(`/${engine}.js`, ['text/javascript', script]);
  code[engine] = brotli(script);
  if (wasmOf[engine]) {
    const wasm = readFileSync(wasmOf[engine]);
    code[engine] += brotli(wasm);
    files.set(engine === 'sqlite' ? '/sqlite3.wasm' : '/hongbang_bg.wasm', ['application/wasm', wasm]);
  }
}

const server = createServer((request, response) => {
  const file = files.get(new URL(request.url, 'http://localhost').pathname);
  response.writeHead(file ? 200 : 404, {
    'content-type': file?.[0] ?? 'text/plain',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
  });
  response.end(file?.[1]);
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const origin = `http://127.0.0.1:${server.address().port}`;

const browser = await chromium.launch({
  executablePath: process.env.CHROME ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--js-flags=--expose-gc'],
});

/** Runs in the page: opens the engine, asks everything, gives times and places. */
async function measure({ engine, limit, seconds }) {
  const bytes = async (name) => new Uint8Array(await (await fetch(name)).arrayBuffer());
  const json = async (name) => (await fetch(name)).json();
  const [printed, questions] = [await json('/names.json'), await json('/questions.json')];
  const strip = (name) => name.replace(/[（）]/g, '');
  const names = printed.map(strip);
  const given = { names };
  if (engine === 'hongbang') {
    given.snapshot = await bytes('/edition.snapshot');
    given.wasm = await WebAssembly.compile(await bytes('/hongbang_bg.wasm'));
  }
  const { open } = await import(`/${engine}.js`);
  globalThis.gc?.();
  const started = performance.now();
  const opened = await open(given);
  opened.search('佛山', limit);
  const ready = performance.now() - started;
  for (const question of questions.slice(0, 40)) opened.search(question.text, limit);
  const kinds = {};
  for (const { kind, text, firm } of questions) {
    const of = (kinds[kind] ??= { times: [], places: [] });
    if (of.spent > seconds * 1000) continue;
    let [best, found] = [Infinity, []];
    for (let pass = 0; pass < 3; pass += 1) {
      const start = performance.now();
      found = opened.search(text, limit);
      const took = performance.now() - start;
      best = Math.min(best, took);
      of.spent = (of.spent ?? 0) + took;
      if (took > 50) break;
    }
    of.times.push(best);
    of.places.push(found.findIndex((name) => strip(name) === names[firm]));
  }
  globalThis.opened = opened;
  globalThis.gc?.();
  return { ready, kinds, wasmBytes: opened.wasmBytes?.() ?? 0, heap: performance.memory?.usedJSHeapSize };
}

const at = (times, share) => [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))];
const share = (places, first) => (100 * places.filter((place) => place >= 0 && place < first).length) / places.length;
const results = [];
for (const [engine, title] of engines) {
  const page = await browser.newPage();
  try {
    await page.goto(`${origin}/`);
    const result = await page.evaluate(measure, { engine, limit: LIMIT, seconds: SECONDS });
    const serialized = await page.evaluate(async () => {
      const index = globalThis.opened.serialized?.();
      if (index === undefined) return null;
      const blob = await new Response(new Blob([index])).arrayBuffer();
      let text = '';
      const view = new Uint8Array(blob);
      for (let from = 0; from < view.length; from += 0x8000) text += String.fromCharCode(...view.subarray(from, from + 0x8000));
      return btoa(text);
    });
    const index = serialized === null ? 0 : brotli(Buffer.from(serialized, 'base64'), 9);
    results.push({ engine, title, code: code[engine], index, ...result });
    console.error(`${engine}: ready in ${result.ready.toFixed(0)} ms`);
  } catch (error) {
    console.error(`${engine}: ${error.message.split('\n')[0]}`);
    results.push({ engine, title, code: code[engine], error: error.message });
  }
  await page.close();
}
await browser.close();
server.close();
writeFileSync(join(folder, 'results.json'), JSON.stringify(results));

const kinds = [...new Set(JSON.parse(readFileSync(join(folder, 'questions.json'))).map((question) => question.kind))];
const count = JSON.parse(readFileSync(join(folder, 'names.json'))).length;
const megabytes = (bytes) => (bytes / 1048576).toFixed(1);
const done = results.filter((result) => !result.error);
console.log(`\n${count.toLocaleString('en')} firms; edition ${(statSync(join(folder, 'edition.snapshot')).size / 1024).toFixed(0)} KB\n`);
console.log('| engine | code, br KB | index if shipped, br KB | ready ms | memory MB | all kinds: p50 ms | p99 ms |');
console.log('|---|--:|--:|--:|--:|--:|--:|');
for (const { title, code, index, ready, heap, wasmBytes, kinds: own } of done) {
  const all = Object.values(own).flatMap((kind) => kind.times);
  console.log(
    `| ${title} | ${(code / 1024).toFixed(1)} | ${index ? (index / 1024).toFixed(0) : 0} | ${ready.toFixed(0)} | ` +
      `${megabytes(heap + wasmBytes)} | ${at(all, 0.5).toFixed(3)} | ${at(all, 0.99).toFixed(2)} |`,
  );
}
console.log(`\nThe right firm in the first 1 / 5 / 20, in %:\n\n| engine | ${kinds.join(' | ')} |`);
console.log(`|---|${kinds.map(() => '--:').join('|')}|`);
for (const { title, kinds: own } of done) {
  const cell = (kind) => [1, 5, 20].map((first) => share(own[kind].places, first).toFixed(0)).join(' / ');
  console.log(`| ${title} | ${kinds.map(cell).join(' | ')} |`);
}
console.log(`\nMilliseconds, p50 / p99:\n\n| engine | ${kinds.join(' | ')} |\n|---|${kinds.map(() => '--:').join('|')}|`);
for (const { title, kinds: own } of done) {
  const cell = (kind) => `${at(own[kind].times, 0.5).toFixed(2)} / ${at(own[kind].times, 0.99).toFixed(1)}`;
  console.log(`| ${title} | ${kinds.map(cell).join(' | ')} |`);
}
