// The quality red list for JavaScript: one call opens it, everything after that is local.
//
//   import { open } from 'hongbang';
//   const list = await open({ repository: 'https://example.com/redlist/', root });
//   list.check('91440606003663344C').kind   // 'listed', 'not_listed', …
//
// Nothing happens at import time. Network, storage and clock are options, so that a browser, a worker, Node and a
// test differ in what they pass and in nothing else.

import init, { Checker, Update, initSync, openStored } from './dist/hongbang.js';

/** Loads the WebAssembly module once. A browser fetches it; Node reads it from beside this file. */
let loading;
async function load(wasm) {
  loading ??= (async () => {
    if (wasm) return init({ module_or_path: wasm });
    const url = new URL('./dist/hongbang_bg.wasm', import.meta.url);
    if (url.protocol !== 'file:') return init({ module_or_path: url });
    const { readFile } = await import('node:fs/promises');
    return initSync({ module: await readFile(url) });
  })().catch((error) => { loading = undefined; throw error; });
  return loading;
}

/** Opens the list: what is stored, verified again, or else what the repository holds. */
export async function open({ repository, root, storage = memory(), fetch = globalThis.fetch, now = Date.now, pause = pauses(), wasm } = {}) {
  await load(wasm);
  const list = new List({ repository, root, storage, fetch, now, pause });
  const stored = await storage.get();
  if (stored) {
    try {
      const [edition, columns] = await Promise.all([hashed(stored.edition), hashed(stored.columns)]);
      list.use(await openStored(root, stored.files, edition, columns, stored.keySet, pause));
      return list;
    } catch (error) {
      // Storage is untrusted: what does not verify is as good as nothing, unless there is nowhere else to ask.
      if (!repository) throw error;
    }
  }
  await list.update();
  return list;
}

/** Opens a bare edition file, which nobody has verified; its answers say so. */
export async function openUnverified(edition, { now = Date.now, wasm } = {}) {
  await load(wasm);
  const list = new List({ now });
  list.use({ checker: Checker.openUnverified(edition) });
  return list;
}

class List {
  #options;
  #checker;

  constructor(options) {
    this.#options = options;
  }

  /** @internal */
  use({ checker }) {
    this.#checker?.free();
    this.#checker = checker;
  }

  /** The edition that answers. */
  get edition() {
    return this.#checker.edition();
  }

  /** How the list stands today. */
  standing(today = this.#today()) {
    return this.#checker.standing(today);
  }

  /** Answers one question; nothing leaves the device. */
  check(query, today = this.#today()) {
    return this.#checker.check(query, today);
  }

  /** The best `limit` firms that fit. */
  search(query, limit = 20) {
    return this.#checker.search(query, limit);
  }

  /** What all four readings of 连续 make of one firm. */
  explain(query) {
    return this.#checker.explain(query) ?? undefined;
  }

  /** What a certificate on paper is worth, and what this list says about it; `text` is what its QR code holds. */
  verifyCertificate(text, today = this.#today()) {
    const answer = this.#checker.verifyCertificate(text, today);
    if (!answer) throw refused('no_key_set', 'expected a key set of certificates that was verified with the list, found none',
      'open the list from the repository of a publisher who issues certificates');
    return answer;
  }

  /**
   * Brings the newest list, by a delta where there is one, verifies it, then uses and keeps it. After an error the old
   * one stays in use.
   */
  async update() {
    const { repository, root, storage, fetch, now, pause } = this.#options;
    const stored = await storage.get();
    const update = new Update(root, stored?.files, BigInt(Math.floor(now() / 1000)), stored?.edition, stored?.keySet);
    try {
      for (let request = update.request(); request; request = update.request()) {
        const bytes = await bring(fetch, repository, request);
        update.reply(bytes, request.folder === 'targets' ? await sha256(bytes) : undefined);
      }
      const { checker, decoded, ...opened } = await update.open(await hashed(stored?.columns), pause);
      await storage.set({ ...opened, columns: checker.columns() });
      this.use({ checker });
      return { delta: update.delta() };
    } finally {
      update.free();
    }
  }

  /** This day in China, where the list is at home. */
  #today() {
    return new Date(this.#options.now() + 8 * 3600e3).toISOString().slice(0, 10);
  }
}

/** Fetches at most `limit` bytes; `undefined` where there is no such file. */
async function bring(fetch, repository, { folder, path, limit }) {
  const base = String(repository).replace(/\/*$/, '/');
  const url = new URL(`${folder}/${path}`, base);
  const response = await fetch(url, { cache: 'no-cache', credentials: 'omit', referrerPolicy: 'no-referrer' });
  if (response.status === 404 || response.status === 403) return undefined;
  if (!response.ok) throw unreachable(url, `status ${response.status}`);
  const parts = [];
  let length = 0;
  for (const reader = response.body.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    parts.push(value);
    // One byte too many is enough for the updater to refuse; a server that sends without end is cut here.
    if (length > limit) { await reader.cancel(); break; }
  }
  const bytes = new Uint8Array(length);
  parts.reduce((at, part) => { bytes.set(part, at); return at + part.length; }, 0);
  return bytes;
}

/** The hash by the platform, which is faster; `undefined` where it gives none, as on pages that are not secure. */
async function sha256(bytes) {
  const { subtle } = globalThis.crypto ?? {};
  return bytes && subtle && new Uint8Array(await subtle.digest('SHA-256', bytes));
}

/** Bytes and their hash; nothing where there are none. */
async function hashed(bytes) {
  return bytes && [bytes, await sha256(bytes)];
}

/** In a page, a promise to wait for whenever others had to wait for 10 ms; elsewhere nobody has to be let in. */
function pauses() {
  if (!globalThis.document) return undefined;
  let since = 0;
  return () => {
    if (performance.now() - since < 10) return undefined;
    return otherTasks().then(() => { since = performance.now(); });
  };
}

/** Resolves behind whatever waits for its turn. */
function otherTasks() {
  if (globalThis.scheduler?.yield) return globalThis.scheduler.yield();
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    port2.postMessage(0);
  });
}

function unreachable(url, found) {
  return refused('unreachable', `expected ${url} from the repository, found ${found}`, 'try again later; the list in use stays');
}

function refused(code, message, advice) {
  return Object.assign(new Error(message), { name: 'HongbangError', code, advice });
}

/** A storage that forgets with the page, which opens no list a second time. */
function memory() {
  let kept;
  return { get: async () => kept, set: async ({ columns, ...value }) => { kept = value; } };
}
