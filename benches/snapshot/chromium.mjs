// A list that Chromium opens with the npm package: what a server gives it, and what a page measures.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { open } from '../../pkg/index.js';

const { chromium } = createRequire(resolve('tests/browser/package.json'))('playwright-core');

/** Chromium or Chrome, at CHROME. */
export const launch = () => chromium.launch({
  executablePath: process.env.CHROME,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
});

/** The newest edition of a demo's repository as the package keeps it: `{ edition, files, asOf }`, `files` by path. */
export async function listOf(demo) {
  const read = (path) => readFileSync(path);
  const root = read(join(demo, 'root.json'));
  let stored;
  const fetch = async (url) => {
    try {
      return new Response(read(join(demo, 'repository', url.pathname)));
    } catch {
      return new Response(null, { status: 404 });
    }
  };
  const storage = { get: async () => undefined, set: async (value) => { stored = value; } };
  const list = await open({ repository: 'https://list.example/', root, fetch, storage, wasm: read('pkg/dist/hongbang_bg.wasm') });
  const files = new Map([
    ['/page.html', '<!doctype html><meta charset="utf-8"><title>bench</title>'],
    ['/hongbang.js', read('pkg/dist/hongbang.js')],
    ['/hongbang_bg.wasm', read('pkg/dist/hongbang_bg.wasm')],
    ['/root', root],
    ['/edition', Buffer.from(stored.edition)],
    ['/columns', Buffer.from(stored.columns)],
    ['/key-set', Buffer.from(stored.keySet ?? [])],
    ['/metadata.json', JSON.stringify(stored.files.map((file) => Buffer.from(file).toString('base64')))],
  ]);
  return { edition: stored.edition, asOf: list.edition.as_of, files };
}

/** Serves files by path, isolated, so that a page's clock is fine enough. Gives origin and server. */
export async function serve(files) {
  const types = { html: 'text/html', js: 'text/javascript', wasm: 'application/wasm' };
  const server = createServer((request, response) => {
    const body = files.get(request.url);
    response.writeHead(body ? 200 : 404, {
      'content-type': types[request.url.split('.').at(-1)] ?? 'application/octet-stream',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    }).end(body);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { origin: `http://127.0.0.1:${server.address().port}`, server };
}

/**
 * Runs `measure` in some fresh pages: the best of the first times, which is what a visitor waits for, the best of the
 * later times in a page, when the browser has optimised the code, and the most memory. Other work on the machine can
 * only make times longer.
 */
export async function best(browser, origin, measure, given) {
  const runs = [];
  for (let turn = 0; turn < 7; turn += 1) {
    const page = await browser.newPage();
    await page.goto(`${origin}/page.html`);
    runs.push(await page.evaluate(measure, { ...given, again: 9 }));
    await page.close();
  }
  return {
    first: Math.min(...runs.map((run) => run.times[0])),
    later: Math.min(...runs.flatMap((run) => run.times.slice(1))),
    memory: Math.max(...runs.map((run) => run.memory ?? 0)),
  };
}

/**
 * In the page: signatures from the pinned root on, SHA-256, decoding, or reading the columns where those are `kept`, every
 * streak and tier, ready to search.
 */
export async function openOurs({ kept, again }) {
  const bytes = async (name) => new Uint8Array(await (await fetch(name)).arrayBuffer());
  const { default: init, openStored } = await import('/hongbang.js');
  const { memory } = await init({ module_or_path: '/hongbang_bg.wasm' });
  const [root, edition, columns, keySet] = await Promise.all(['/root', '/edition', '/columns', '/key-set'].map(bytes));
  const metadata = (await (await fetch('/metadata.json')).json()).map((text) => Uint8Array.from(atob(text), (c) => c.charCodeAt()));
  const [times, most] = [[], []];
  for (let pass = 0; pass <= again; pass += 1) {
    const start = performance.now();
    const hashed = async (bytes) => [bytes, new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))];
    const [file, decoded] = await Promise.all([hashed(edition), kept && hashed(columns)]);
    const { checker } = await openStored(root, metadata, file, decoded || undefined, keySet.length > 0 ? keySet : undefined);
    times.push(performance.now() - start);
    most.push(memory.buffer.byteLength);
    checker.free();
  }
  return { times, memory: most[0] };
}
