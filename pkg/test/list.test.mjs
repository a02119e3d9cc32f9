// The package as an embedder uses it: opened on the made-up repository, asked, updated, deceived.
//
//   make package-tests

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

import { openStored } from '../dist/hongbang.js';
import { open, openUnverified } from '../index.js';

const demo = new URL('../../.demo/', import.meta.url);
/** The publisher's command line, which issues certificates. */
const hongbang = process.env.HONGBANG ?? fileURLToPath(new URL('../../target/release/hongbang', import.meta.url));
const repository = 'https://list.example/redlist/';
const root = new Uint8Array(await readFile(new URL('root.json', demo)));

/** A repository behind `fetch`: files of the demo, which `change` may exchange. */
function served(change = (path, bytes) => bytes) {
  const asked = [];
  const fetch = async (url) => {
    const path = String(url).slice(repository.length);
    asked.push(path);
    try {
      return new Response(change(path, await readFile(new URL(`repository/${path}`, demo))));
    } catch (error) {
      if (error.code === 'ENOENT') return new Response(null, { status: 404 });
      throw error;
    }
  };
  return { fetch, asked };
}

function keeping() {
  let kept;
  return { get: async () => kept, set: async (value) => { kept = value; } };
}

const first = (list) => list.search('佛山', 1)[0];

test('a list is verified, opened and asked, and no question reaches the network', async () => {
  const { fetch, asked } = served();
  const list = await open({ repository, root, fetch });
  assert.equal(list.edition.as_of, '2025-10-31');
  assert.equal(list.edition.demo, true);
  assert.equal(list.standing(), 'fresh');
  const requests = asked.length;
  const hit = first(list);
  const [from, to] = hit.matched.ranges[0];
  assert.equal(hit.matched.text.slice(from, to), '佛山');
  const answer = list.check(hit.code);
  assert.equal(answer.kind, 'listed');
  assert.equal(answer.firm.name, hit.name);
  assert.equal(answer.samplings.items.length, answer.samplings.counted + answer.samplings.uncounted);
  assert.equal(list.explain(hit.code).readings.length, 4);
  assert.equal(list.check('没有这家有限公司').kind, 'not_listed');
  assert.equal(list.check('91440606003663344D').kind, 'mistyped');
  assert.equal(list.explain('没有这家有限公司'), undefined);
  assert.equal(asked.length, requests);
});

test('what is stored is verified again and needs no network', async () => {
  const storage = keeping();
  await open({ repository, root, storage, fetch: served().fetch });
  const offline = async () => { throw new TypeError('no network'); };
  const list = await open({ repository, root, storage, fetch: offline });
  assert.equal(list.standing(), 'fresh');
  await assert.rejects(list.update(), TypeError);
  assert.equal(first(list).rank, 1, 'the old list stays');
});

test('an older list is brought up to date by a delta, or by the whole list where that fails', async () => {
  const older = async () => {
    const storage = keeping();
    await open({ repository, root, storage, fetch: served().fetch });
    (await storage.get()).edition = new Uint8Array(await readFile(new URL('editions/2025-03-14.hongbang', demo)));
    return storage;
  };
  const targets = (asked) => asked.filter((path) => path.startsWith('targets/')).map((path) => path.slice(73));
  const delta = 'delta-2025-03-14-to-2025-10-31.hongbang';
  const short = served();
  const list = await open({ repository, root, storage: await older(), fetch: short.fetch });
  assert.equal(list.edition.as_of, '2025-10-31');
  assert.deepEqual(targets(short.asked), [delta]);
  const flip = (path, bytes) => { if (path.endsWith(delta)) bytes[100] ^= 1; return bytes; };
  const long = served(flip);
  await open({ repository, root, storage: await older(), fetch: long.fetch });
  assert.deepEqual(targets(long.asked), [delta, 'edition-2025-10-31.hongbang']);
});

test('a stored list that was tampered with is as good as none', async () => {
  const storage = keeping();
  await open({ repository, root, storage, fetch: served().fetch });
  (await storage.get()).edition[5000] ^= 1;
  const { fetch, asked } = served();
  await open({ repository, root, storage, fetch });
  assert.ok(asked.length > 0);
  (await storage.get()).edition[5000] ^= 1;
  await assert.rejects(open({ root, storage }), { name: 'HongbangError', code: 'wrong_hash' });
});

test('kept columns are read only where the publisher signed their hash', async () => {
  const storage = keeping();
  const name = first(await open({ repository, root, storage, fetch: served().fetch })).name;
  const { files, edition, columns, keySet } = await storage.get();
  const hashed = async (bytes) => [bytes, new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))];
  const renamed = columns.slice();
  renamed.set(new TextEncoder().encode('甲乙'), Buffer.from(columns).indexOf(name));
  const opened = async (kept) => {
    const { checker, decoded } = await openStored(root, files, await hashed(edition), kept, keySet);
    return { decoded, name: checker.search('佛山', 1)[0].name };
  };
  assert.deepEqual(await opened(await hashed(columns)), { decoded: false, name });
  assert.deepEqual(await opened(undefined), { decoded: true, name });
  assert.deepEqual(await opened([columns]), { decoded: true, name });
  assert.deepEqual(await opened(await hashed(renamed)), { decoded: true, name });
  assert.deepEqual(await opened(await hashed(columns.slice(1))), { decoded: true, name });
  edition[5000] ^= 1;
  await assert.rejects(opened(await hashed(columns)), { code: 'wrong_hash' }, 'the file must be right too');
});

test('a list that is the newest already is not fetched once more', async () => {
  const { fetch, asked } = served();
  const list = await open({ repository, root, storage: keeping(), fetch });
  asked.length = 0;
  assert.deepEqual(await list.update(), { delta: undefined });
  assert.ok(asked.length > 0);
  assert.deepEqual(asked.filter((path) => path.startsWith('targets/')), []);
});

test('a changed list, a lying clock and a server without end have codes of their own', async () => {
  const refused = (options) => open({ repository, root, ...options });
  const flip = (path, bytes) => { if (path.startsWith('targets/')) bytes[100] ^= 1; return bytes; };
  await assert.rejects(refused({ fetch: served(flip).fetch }), { name: 'HongbangError', code: 'wrong_hash' });
  const later = () => Date.now() + 800 * 864e5;
  await assert.rejects(refused({ fetch: served().fetch, now: later }), { code: 'expired' });
  const endless = (path, bytes) => path === 'metadata/timestamp.json' ? Buffer.alloc(1 << 20, 32) : bytes;
  await assert.rejects(refused({ fetch: served(endless).fetch }), { code: 'too_long' });
  const gone = async () => new Response(null, { status: 500 });
  await assert.rejects(refused({ fetch: gone }), { code: 'unreachable', advice: /./ });
});

test('a bare edition answers, and says that nobody verified it', async () => {
  const list = await openUnverified(new Uint8Array(await readFile(new URL('editions/2025-10-31.hongbang', demo))));
  assert.equal(list.standing(), 'unverified');
  assert.equal(list.check(first(list).code).standing, 'unverified');
  await assert.rejects(openUnverified(new Uint8Array([1, 2, 3])), { name: 'HongbangError' });
});

/** The texts of certificates that the publisher's command line prints from one of the demo's editions. */
function issued(edition, code, ...more) {
  const of = (path) => fileURLToPath(new URL(path, demo));
  const papers = mkdtempSync(join(tmpdir(), 'hongbang-papers-'));
  try {
    const told = execFileSync(hongbang, ['certificate', 'issue', code, '--store', of(`editions/${edition}.hongbang`), '--keys',
      of('keys'), '--key-set', of('certificate-keys.cbor'), '--out', papers, ...more], { encoding: 'utf8' });
    return told.split('\n')[0];
  } finally {
    rmSync(papers, { recursive: true });
  }
}

test('a certificate is verified in both its forms, by keys that came with the list', async () => {
  const storage = keeping();
  await open({ repository, root, storage, fetch: served().fetch });
  const list = await open({ root, storage });
  const { code, name } = first(list);
  for (const text of [issued('2025-10-31', code), issued('2025-10-31', code, '--base-url', 'https://list.example/c')]) {
    const answer = list.verifyCertificate(text);
    assert.equal(answer.kind, 'valid');
    assert.deepEqual(answer.certificate.firm, { code, name });
    assert.equal(answer.certificate.edition.demo, true);
    assert.equal(answer.list.says, 'confirms');
    assert.equal(answer.problem, null);
    assert.equal(list.verifyCertificate(text, '2099-01-01').kind, 'expired');
    const altered = list.verifyCertificate(text.slice(0, -1) + (text.endsWith('0') ? '1' : '0'));
    assert.ok(['bad_signature', 'not_a_certificate'].includes(altered.kind), altered.kind);
    assert.equal(altered.certificate, null);
    assert.match(altered.problem.advice, /./);
  }
  assert.throws(() => list.verifyCertificate('HB1:', 'today'), { name: 'HongbangError' });
});

test('the list outranks a certificate of an older edition', async () => {
  const list = await open({ repository, root, fetch: served().fetch });
  const editions = ['2025-03-14', '2025-10-31'].map((day) => fileURLToPath(new URL(`editions/${day}.hongbang`, demo)));
  const moves = JSON.parse(execFileSync(hongbang, ['diff', ...editions, '--json'], { encoding: 'utf8' }));
  for (const [move, says] of [['left', 'not_listed'], ['promoted', 'other_tier']]) {
    const { code } = moves[move].find((firm) => firm.code);
    const answer = list.verifyCertificate(issued('2025-03-14', code));
    assert.deepEqual([answer.kind, answer.list.says], ['outranked', says], move);
    assert.equal(answer.certificate.firm.code, code);
  }
});

test('nobody’s key set verifies a certificate: not an altered one, not one that is missing', async () => {
  const isKeySet = (path) => /^targets\/.*certificate-keys/.test(path);
  const altered = (path, bytes) => { if (isKeySet(path)) bytes[20] ^= 1; return bytes; };
  await assert.rejects(open({ repository, root, fetch: served(altered).fetch }), { code: 'wrong_hash' });
  const storage = keeping();
  await open({ repository, root, storage, fetch: served().fetch });
  (await storage.get()).keySet[20] ^= 1;
  await assert.rejects(open({ root, storage }), { code: 'wrong_hash' });
  delete (await storage.get()).keySet;
  await assert.rejects(open({ root, storage }), { name: 'HongbangError' });
  const bare = await openUnverified(new Uint8Array(await readFile(new URL('editions/2025-10-31.hongbang', demo))));
  assert.throws(() => bare.verifyCertificate('HB1:'), { name: 'HongbangError', code: 'no_key_set', advice: /./ });
});

// The goal is 65,536 and is not reached yet; this holds what it costs today, so that it may only fall.
test('the module does not grow', async () => {
  const wasm = await readFile(new URL('../dist/hongbang_bg.wasm', import.meta.url));
  const bytes = brotliCompressSync(wasm).length;
  console.log(`checker wasm: ${wasm.length} bytes, ${bytes} in brotli; goal 65,536, at most 120,000`);
  assert.ok(bytes <= 120_000);
});
