// Trunk's last step: writes into the staged build what only the finished build knows.
//
// HONGBANG_ROOT        the pinned first root (default .demo/root.json)
// HONGBANG_REPOSITORY  the repository whose current files become the starter edition (default .demo/repository)
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, extname, join, relative } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { relocations } from './relocations.mjs';
import { split } from './split.mjs';

// What Rust's wasm32 target uses, by name: all of them at once would allow what no browser reads yet.
const FEATURES = ['--enable-bulk-memory', '--enable-bulk-memory-opt', '--enable-multivalue', '--enable-mutable-globals',
  '--enable-nontrapping-float-to-int', '--enable-reference-types', '--enable-sign-ext'];
// Making the control flow anew, then small again, saves 0.8 %; that nothing lies in the lowest kilobyte, where only a
// stack that overflows comes, another 0.4 %. What long functions do that are called from one place stays theirs: see
// WASM_PASSES in the Makefile.
const PASSES = ['--one-caller-inline-max-function-size=50', '-Oz', '--low-memory-unused', '--flatten', '--rereloop',
  '-Oz', '-Oz', '--reorder-functions-by-name', '-Oz', '--strip-producers', '--strip-target-features'];
// The ways into the rest of the program, by their names after Rust's mangling.
const DOORS = /8hongbang3app5doors\d/;
// What cargo built, before wasm-bindgen changed it.
const LINKED = join(process.env.CARGO_TARGET_DIR ?? 'target', 'wasm32-unknown-unknown/web/hongbang.wasm');

const stage = process.env.TRUNK_STAGING_DIR;
const root = process.env.HONGBANG_ROOT ?? '.demo/root.json';
const repository = process.env.HONGBANG_REPOSITORY ?? '.demo/repository';

pinRoot();
shorten();
const starter = copyStarter();
joinScanner();
writeTexts();
allowInlineScript();
listFiles(starter);
shortenScript('sw.js', []);
compress();

function pinRoot() {
  if (!existsSync(root)) fail(`expected the pinned root at ${root}; make one by \`make demo\` or set HONGBANG_ROOT`);
  cpSync(root, join(stage, 'root.json'));
}

// The starter is what the repository says today about its newest edition; the edition itself has its hash in its name
// and is shared with the repository. Where the app is served without its repository, there is no starter.
function copyStarter() {
  if (!existsSync(repository)) return [];
  const isPublic = path => !basename(path).startsWith('.');
  cpSync(repository, join(stage, 'repository'), { recursive: true, filter: isPublic });
  const metadata = join(repository, 'metadata');
  const signed = name => JSON.parse(readFileSync(join(metadata, name), 'utf8')).signed;
  const roots = readdirSync(metadata).filter(name => /^(\d+\.)?root\.json$/.test(name));
  const snapshot = `${signed('timestamp.json').meta['snapshot.json'].version}.snapshot.json`;
  const targets = `${signed(snapshot).meta['targets.json'].version}.targets.json`;
  const files = [...roots, 'timestamp.json', snapshot, targets];
  mkdirSync(join(stage, 'starter/metadata'), { recursive: true });
  for (const file of files) cpSync(join(metadata, file), join(stage, 'starter/metadata', file));
  const editions = Object.entries(signed(targets).targets).filter(([, target]) => target.custom?.kind === 'edition');
  const [name, newest] = editions.sort(([, a], [, b]) => b.custom.number - a.custom.number)[0] ?? [];
  const edition = newest ? [`repository/targets/${newest.hashes.sha256}.${name}`] : [];
  const keySets = Object.entries(signed(targets).targets).filter(([, target]) => target.custom?.kind === 'certificate_keys');
  const keys = keySets.map(([name, target]) => `repository/targets/${target.hashes.sha256}.${name}`);
  return files.map(file => `starter/metadata/${file}`).concat(edition, keys);
}

// What a reader's browser fetches goes without comments and needless spaces, and stays what it is.
function shorten() {
  const glue = theOne(/^hongbang-[0-9a-f]+\.js$/);
  const program = theOne(/^hongbang-[0-9a-f]+_bg\.wasm$/);
  takeApart(program, glue);
  shortenNames('scanner_bg.wasm', 'scanner.js', text => ({ 'scanner_bg.wasm': text }));
  const [boot, browser] = ['boot', 'browser'].map(name => theOne(new RegExp(`^${name}-[0-9a-f]+\\.js$`)));
  const styles = theOne(/^styles-[0-9a-f]+\.css$/);
  startPlainly(glue, program, boot);
  for (const name of [glue, boot, browser, 'scanner.js']) shortenScript(name, name === glue ? ['--module'] : []);
  shortenStyles(styles);
  change('index.html', text => text.replace(/<!--[^]*?-->/g, '').replace(/\n\s*\n+/g, '\n'));
  change(browser, text => text.replace('/*PROGRAM*/', renameByContent(program)));
  for (const name of [glue, boot, browser, styles]) renameByContent(name);
}

// Trunk's own way to start would fetch the program again. The program and its scripts are asked for before the first
// script keeps the browser from reading on.
function startPlainly(glue, program, boot) {
  const preloads = `<link rel="preload" href="${program}" as="fetch" type="application/wasm" crossorigin>`
    + `<link rel="preload" href="${boot}" as="script"><link rel="modulepreload" href="${glue}">`;
  change('index.html', page => page
    .replace(/<script type="module">[^]*?<\/script>/, `<script type="module">import start from './${glue}';start()</script>`)
    .replace(/<link rel="(module)?preload"[^>]*>/g, '')
    .replace(/(?=<script src="[^"]*browser-)/, preloads));
}

function shortenStyles(name) {
  change(name, text => text
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: /g, ':')
    .replace(/;}/g, '}')
    .trim());
}

// What a first look-up does without is cut off the program and its script, and the script learns to fetch it.
function takeApart(program, script) {
  shortenNames(program, script, text => {
    const { first, rest } = split(text, relocations(readFileSync(LINKED)), DOORS);
    return { [program]: first, 'rest.wasm': rest };
  });
  shortenStyles('rest.css');
  const helpers = moveImports(program, script);
  shortenScript('later.js', ['--module']);
  const [wasm, css, later] = [['rest.wasm', 'rest.wasm'], ['rest.css', 'rest.css'], ['later.js', 'rest.js']].map(([name, own]) =>
    nameByContent(name, own.replace('.', '-0.')));
  change(script, text => text.slice(0, place(text, 'async function __wbg_load(')) + readFileSync('www/rest.js', 'utf8')
    .replace('/*REST*/', wasm).replace('/*STYLES*/', css).replace('/*LATER*/', later).replace('/*HELPERS*/', helpers));
}

// The functions of the script that only the rest of the program imports move to later.js. What they use of the script
// is handed to them: gives the object that does so.
function moveImports(program, script) {
  const importsOf = name => new Set(WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(join(stage, name))))
    .filter(({ module }) => module === 'a').map(({ name }) => name));
  const [first, rest] = [program, 'rest.wasm'].map(importsOf);
  const moved = [];
  change(script, text => text.replace(/^ {8}(\w+): function[^]*?\n {8}\}[^\n]*\n/gm, (entry, name) => {
    if (first.has(name)) return entry;
    if (rest.has(name)) moved.push(entry);
    return '';
  }));
  const text = readFileSync(join(stage, script), 'utf8');
  const own = [...text.matchAll(/^(?:function|const|let) ([\w, ]+)/gm)].flatMap(([form, names]) =>
    names.trim().split(', ').map(name => ({ name, changes: form.startsWith('let') })));
  const used = own.filter(({ name }) => moved.some(entry => new RegExp(`\\b${name}\\b`).test(entry)));
  const handed = moved.map(entry => used.reduce((entry, { name }, place) => entry.replace(new RegExp(`\\b${name}\\b`, 'g'), `own.${shortName(place)}`), entry));
  change('later.js', text => `${text}export default own => ({\n${handed.join('')}});\n`);
  const forms = used.map(({ name, changes }, place) => (changes ? `get ${shortName(place)}() { return ${name}; }` : `${shortName(place)}: ${name}`));
  return `{ ${forms.join(', ')} }`;
}

function place(text, part) {
  const at = text.indexOf(part);
  return at < 0 ? fail(`expected ${part} in the script of wasm-bindgen`) : at;
}

// The names by which program and script know each other's functions hold a hash each, which nobody reads and nothing
// compresses: short ones take three thousand bytes less. Then each part of the program is made small on its own.
function shortenNames(program, script, parts) {
  const path = join(stage, program);
  const text = execFileSync('wasm-dis', [path, ...FEATURES], { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] });
  const from = text.match(/^ \(import "([^"]*)"/m)[1];
  const [imported, exported] = [new Map(), new Map()];
  const short = (names, long) => names.get(long) ?? names.set(long, shortName(names.size)).get(long);
  const renamed = text
    .replace(/^ \(import "([^"]*)" "([^"]*)"/gm, (whole, from, name) => ` (import "a" "${short(imported, name)}"`)
    .replace(/^ \(export "([^"]*)"/gm, (whole, name) => ` (export "${short(exported, name)}"`);
  change(script, text => text
    .replace(/\bwasm\.(\w+)/g, (whole, name) => (exported.has(name) ? `wasm.${exported.get(name)}` : whole))
    .replace(/\b__wb\w+/g, name => imported.get(name) ?? name)
    .replaceAll(`"${from}"`, '"a"'));
  for (const [name, part] of Object.entries(parts(renamed))) optimise(name, part);
}

function optimise(name, text) {
  const path = join(stage, name);
  writeFileSync(`${path}.wat`, text);
  execFileSync('wasm-opt', [`${path}.wat`, ...FEATURES, ...PASSES, '--output', path], { stdio: 'inherit' });
  rmSync(`${path}.wat`);
}

// a, b, … z, aa, ab, …
function shortName(place) {
  const letter = String.fromCharCode(97 + place % 26);
  return place < 26 ? letter : shortName(Math.floor(place / 26) - 1) + letter;
}

// Trunk named the file by what it was before; what may be kept for a year has the hash of what it is.
function renameByContent(name) {
  const own = nameByContent(name, name);
  change('index.html', page => (page.includes(name) ? page.replaceAll(name, own) : fail(`expected ${name} in index.html`)));
  return own;
}

// Gives a file a name like `pattern`, with its own hash.
function nameByContent(name, pattern) {
  const hash = sha256(readFileSync(join(stage, name)), 'hex').slice(0, 16);
  const own = pattern.replace(/-[0-9a-f]+(?=[_.])/, `-${hash}`);
  renameSync(join(stage, name), join(stage, own));
  return own;
}

function shortenScript(name, options) {
  const path = join(stage, name);
  execFileSync('terser', [path, ...options, '--compress', '--mangle', '--output', path], { stdio: 'inherit' });
}

function theOne(pattern) {
  const found = readdirSync(stage).filter(name => pattern.test(name));
  return found.length === 1 ? found[0] : fail(`expected one file like ${pattern}, found ${found.join(', ') || 'none'}`);
}

function change(name, rewrite) {
  const path = join(stage, name);
  writeFileSync(path, rewrite(readFileSync(path, 'utf8')));
}

// The worker's program and script get their hashes into their names, which trunk does not do for workers, so that an
// old page never meets a new worker.
function joinScanner() {
  const program = readFileSync(join(stage, 'scanner_bg.wasm'));
  const programName = `scanner-${sha256(program, 'hex').slice(0, 16)}.wasm`;
  renameSync(join(stage, 'scanner_bg.wasm'), join(stage, programName));
  writeFileSync(join(stage, 'own.js'), readFileSync('www/scanner.js', 'utf8').replace('/*SCANNER*/', programName));
  shortenScript('own.js', []);
  const own = readFileSync(join(stage, 'own.js'), 'utf8');
  rmSync(join(stage, 'own.js'));
  const script = readFileSync(join(stage, 'scanner.js'), 'utf8') + own;
  const scriptName = `scanner-${sha256(script, 'hex').slice(0, 16)}.js`;
  rmSync(join(stage, 'scanner.js'));
  writeFileSync(join(stage, scriptName), script);
  nameInPage('scanner.js', scriptName);
}

// Two files a language, so that a reader is sent one language and not three, and first what everybody needs. Their
// hashes stand in their names.
function writeTexts() {
  const table = readFileSync('src/app/texts.rs', 'utf8');
  nameInPage('texts', [...writePart(table, 'first', 'texts'), ...writePart(table, 'rest', 'more')].join(' '));
}

function writePart(table, part, file) {
  const block = table.match(new RegExp(String.raw`^    ${part} \{\n([^]*?)^    \}$`, 'm'))?.[1] ?? '';
  const text = '("(?:[^"\\\\]|\\\\.)*")';
  const row = new RegExp(`^        \\w+: ${text}, ${text}, ${text};$`);
  const rows = block.split('\n').filter(line => !/^\s*(\/\/.*)?$/.test(line));
  const texts = rows.map(line => line.match(row)?.slice(1).map(JSON.parse) ?? fail(`expected a row of three texts, found ${line}`));
  if (!texts.length) fail(`expected texts of the part ${part} in src/app/texts.rs, found none`);
  return ['zh-Hans', 'zh-Hant-HK', 'en'].map((tag, column) => {
    const lines = texts.map(row => `${row[column]}\n`).join('');
    const name = `${file}-${tag}-${sha256(lines, 'hex').slice(0, 16)}.txt`;
    writeFileSync(join(stage, name), lines);
    return name;
  });
}

// Puts names with their hashes into the meta element of index.html that says `placeholder`.
function nameInPage(placeholder, names) {
  change('index.html', page => {
    if (!page.includes(`content="${placeholder}"`)) fail(`expected the name ${placeholder} in a meta element of index.html`);
    return page.replace(`content="${placeholder}"`, `content="${names}"`);
  });
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

// What the service worker keeps: the program, and the starter where it can be had.
function listFiles(starter) {
  const isProgram = path => !['index.html', 'sw.js'].includes(path) && !/^(repository|starter)\//.test(path);
  const program = walk(stage).filter(isProgram).sort();
  const kept = [...program, ...starter, 'index.html', 'sw.js'];
  const digest = kept.map(path => path + sha256(readFileSync(join(stage, path)), 'hex'));
  const path = join(stage, 'sw.js');
  const list = files => files.map(file => JSON.stringify(file)).join(', ');
  const worker = readFileSync(path, 'utf8')
    .replace('/*VERSION*/', sha256(digest.join('\n'), 'hex').slice(0, 16))
    .replace("'/*PROGRAM*/'", list(program))
    .replace("'/*STARTER*/'", list(starter));
  writeFileSync(path, worker);
}

// Beside each file that gets smaller by it the same file compressed, once and as well as it can be, for servers that
// hand out what lies there: `hongbang serve`, and those of www/hosting. Not of the repository, which changes without a
// build: what lay beside a newer file would be an older one.
function compress() {
  const isText = path => ['.css', '.html', '.js', '.json', '.svg', '.txt', '.wasm', '.webmanifest'].includes(extname(path));
  for (const path of walk(stage).filter(path => isText(path) && !path.startsWith('repository/'))) {
    const bytes = readFileSync(join(stage, path));
    writeFileSync(join(stage, `${path}.br`), brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
    writeFileSync(join(stage, `${path}.gz`), gzipSync(bytes, { level: 9 }));
  }
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
