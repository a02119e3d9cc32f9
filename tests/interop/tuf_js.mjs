// TUF's JavaScript client reads a repository that hongbang published, and refuses it after every tampering.
//
//   node tests/interop/tuf_js.mjs REPOSITORY ROOT
//
// REPOSITORY is a folder with metadata/ and targets/, ROOT the root.json that is pinned. The folder is served on a
// loopback port; exits 1 if any check fails.

import { Metadata } from '@tufjs/models';
import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, unlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, normalize } from 'node:path';
import { Updater } from 'tuf-js';

/** How the client says no. */
const REFUSALS = new Set(['DownloadHTTPError', 'DownloadLengthMismatchError', 'LengthOrHashMismatchError', 'RepositoryError',
  'RuntimeError', 'UnsignedMetadataError']);

const [repository, root] = process.argv.slice(2);
if (!root) {
  console.error('expected REPOSITORY ROOT');
  process.exit(1);
}

const scratch = await mkdtemp(join(tmpdir(), 'hongbang-tuf-js-'));
let failed = 0;
let passed = 0;
try {
  await checkGood();
  await checkAlteredMetadata();
  await checkAlteredTargets();
  await checkAlteredRoot();
} finally {
  await rm(scratch, { recursive: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);

// ---- Checks ------------------------------------------------------------------------------------------------------

async function checkGood() {
  const names = await targetNames();
  that(`the repository lists targets: ${names.join(', ')}`, names.length > 0);
  await client(repository, await readFile(root), async (updater, again) => {
    await updater.refresh();
    that('a refresh from the pinned root succeeds', true);
    for (const name of names) {
      const info = await updater.getTargetInfo(name);
      const prefixed = join(repository, 'targets', `${info.hashes.sha256}.${name}`);
      const path = await updater.downloadTarget(info);
      that(`${name} is downloaded and verified`, (await readFile(path)).equals(await readFile(prefixed)));
    }
    that('a name that is not listed is not found', (await updater.getTargetInfo('no-such-target')) === undefined);
    const later = again();
    await later.refresh();
    that('a second refresh from memory succeeds', (await later.getTargetInfo(names[0])) !== undefined);
  });
  // The stock models read what is published as we wrote it, and write it back with nothing lost.
  for (const [role, file] of Object.entries(await metadataFiles())) {
    const data = JSON.parse(await readFile(join(repository, 'metadata', file), 'utf8'));
    assert.deepEqual(Metadata.fromJSON(role, data).signed.toJSON(), data.signed);
    that(`${role} metadata survives the models unchanged`, true);
  }
}

async function checkAlteredMetadata() {
  const files = await metadataFiles();
  // The pinned root is not fetched.
  if (files.root === '1.root.json') delete files.root;
  for (const [role, file] of Object.entries(files)) {
    const path = (copy) => join(copy, 'metadata', file);
    await refused(`altered ${role} metadata`, (copy) => flipExpiry(path(copy)));
    // A missing root is how a client knows that there is no newer one.
    if (role !== 'root') await refused(`missing ${role} metadata`, (copy) => unlink(path(copy)));
  }
}

async function checkAlteredTargets() {
  const alter = async (copy) => {
    for (const file of await readdir(join(copy, 'targets'))) await flip(join(copy, 'targets', file), 0);
  };
  for (const name of await targetNames()) {
    await refused(`altered ${name}`, alter, async (updater) => updater.downloadTarget(await updater.getTargetInfo(name)));
  }
}

async function checkAlteredRoot() {
  const path = join(scratch, 'root.json');
  await cp(root, path);
  await flipExpiry(path);
  await refused('an altered pinned root', async () => {}, (updater) => updater.refresh(), await readFile(path));
}

// ---- Tools -------------------------------------------------------------------------------------------------------

function that(what, holds) {
  if (holds) passed += 1; else failed += 1;
  console.log(`${holds ? 'ok    ' : 'FAILED'} ${what}`);
}

/** A client of a copy of the repository, after `alter` was at it, refuses `act`. */
async function refused(what, alter, act = (updater) => updater.refresh(), pinned = undefined) {
  const copy = await mkdtemp(join(scratch, 'copy-'));
  await cp(repository, copy, { recursive: true });
  await alter(copy);
  try {
    await client(copy, pinned ?? (await readFile(root)), act);
    that(`${what} is refused`, false);
  } catch (error) {
    // Anything but the client's own errors is a mistake of this test.
    const kind = error.constructor.name;
    const isRefusal = REFUSALS.has(kind);
    that(`${what} is refused: ${kind}`, isRefusal);
    if (!isRefusal) console.log(error);
  }
}

/** Calls `act` with a client of the folder that pins `pinned`, and with what makes another one from the same memory. */
async function client(folder, pinned, act) {
  const memory = await mkdtemp(join(scratch, 'client-'));
  const [metadataDir, targetDir] = [join(memory, 'metadata'), join(memory, 'targets')];
  await mkdir(metadataDir);
  await mkdir(targetDir);
  await writeFile(join(metadataDir, 'root.json'), pinned);
  const server = createServer((request, response) => {
    const path = join(folder, normalize(new URL(request.url, 'http://localhost').pathname));
    readFile(path).then((bytes) => response.end(bytes), () => response.writeHead(404).end());
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${server.address().port}`;
  const updater = () => new Updater({
    metadataDir, targetDir, metadataBaseUrl: `${base}/metadata`, targetBaseUrl: `${base}/targets`, config: { fetchRetry: 0 },
  });
  try {
    await act(updater(), updater);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** The files that a client reads now, found as it finds them. */
async function metadataFiles() {
  const signed = async (file) => JSON.parse(await readFile(join(repository, 'metadata', file), 'utf8')).signed;
  const snapshot = `${(await signed('timestamp.json')).meta['snapshot.json'].version}.snapshot.json`;
  const targets = `${(await signed(snapshot)).meta['targets.json'].version}.targets.json`;
  const roots = (await readdir(join(repository, 'metadata'))).filter((file) => file.endsWith('.root.json'));
  const newest = Math.max(...roots.map((file) => parseInt(file, 10)));
  return { root: `${newest}.root.json`, targets, snapshot, timestamp: 'timestamp.json' };
}

async function targetNames() {
  const { targets } = await metadataFiles();
  const { signed } = JSON.parse(await readFile(join(repository, 'metadata', targets), 'utf8'));
  return Object.keys(signed.targets).sort();
}

async function flip(path, at) {
  const bytes = await readFile(path);
  bytes[at] ^= 1;
  await writeFile(path, bytes);
}

/** One bit of a field that every signed part has. */
async function flipExpiry(path) {
  const marker = '"expires":"';
  await flip(path, (await readFile(path)).indexOf(marker) + marker.length + 3);
}
