// Trunk's last step: writes into the staged build what only the finished build knows.
//
// HONGBANG_ROOT        the pinned first root (default .demo/root.json)
// HONGBANG_REPOSITORY  the repository whose current files become the starter edition (default .demo/repository)
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const stage = process.env.TRUNK_STAGING_DIR;
const root = process.env.HONGBANG_ROOT ?? '.demo/root.json';
const repository = process.env.HONGBANG_REPOSITORY ?? '.demo/repository';

pinRoot();
copyStarter();
allowInlineScript();
listFiles();

function pinRoot() {
  if (!existsSync(root)) fail(`expected the pinned root at ${root}; make one by \`make demo\` or set HONGBANG_ROOT`);
  cpSync(root, join(stage, 'root.json'));
}

function copyStarter() {
  if (existsSync(repository)) cpSync(repository, join(stage, 'repository'), { recursive: true });
}

// The one inline script of the page is trunk's; the policy allows it by its hash and nothing else inline.
function allowInlineScript() {
  const path = join(stage, 'index.html');
  const page = readFileSync(path, 'utf8');
  const inline = [...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([^]*?)<\/script>/g)].map(match => match[1]);
  if (inline.length !== 1) fail(`expected one inline script in index.html, found ${inline.length}`);
  if (!page.includes('sha256-INLINE')) fail('expected sha256-INLINE in the content security policy of index.html');
  writeFileSync(path, page.replace('sha256-INLINE', `sha256-${sha256(inline[0], 'base64')}`));
}

// What the service worker keeps: the program, and of the repository what belongs to its newest edition.
function listFiles() {
  const starter = new Set(starterFiles());
  const isKept = path => !['index.html', 'sw.js'].includes(path) && (!path.startsWith('repository/') || starter.has(path));
  const files = walk(stage).filter(isKept).sort();
  const digest = files.concat('index.html').map(path => path + sha256(readFileSync(join(stage, path)), 'hex'));
  const path = join(stage, 'sw.js');
  const worker = readFileSync(path, 'utf8')
    .replace('/*VERSION*/', sha256(digest.join('\n'), 'hex').slice(0, 16))
    .replace("'/*FILES*/'", files.map(file => JSON.stringify(file)).join(', '));
  writeFileSync(path, worker);
}

function starterFiles() {
  const metadata = join(stage, 'repository/metadata');
  if (!existsSync(metadata)) return [];
  const signed = name => JSON.parse(readFileSync(join(metadata, name), 'utf8')).signed;
  const roots = readdirSync(metadata).filter(name => name.endsWith('.root.json'));
  const snapshot = `${signed('timestamp.json').meta['snapshot.json'].version}.snapshot.json`;
  const targets = `${signed(snapshot).meta['targets.json'].version}.targets.json`;
  const editions = Object.entries(signed(targets).targets).filter(([, target]) => target.custom?.kind === 'edition');
  const [name, newest] = editions.sort(([, a], [, b]) => b.custom.number - a.custom.number)[0] ?? [];
  const edition = newest ? [`repository/targets/${newest.hashes.sha256}.${name}`] : [];
  return [...roots, 'timestamp.json', snapshot, targets].map(file => `repository/metadata/${file}`).concat(edition);
}

function walk(folder) {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries.filter(entry => entry.isFile()).map(entry => relative(stage, join(entry.parentPath ?? entry.path, entry.name)));
}

function sha256(content, encoding) {
  return createHash('sha256').update(content).digest(encoding);
}

function fail(message) {
  console.error(`post_build: ${message}`);
  process.exit(1);
}
