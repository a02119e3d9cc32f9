// Served as www/hosting says: each of the three files says the same, and the app works under it.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { extname, relative, join } from 'node:path';
import { aFirm } from './answers.mjs';
import { Server } from './server.mjs';
import { serving } from './serving.mjs';

const read = name => readFileSync(`www/hosting/${name}`, 'utf8');

// Each reader gives the headers for a path, and the type for a file name's ending.
function nginx() {
  const text = read('nginx.conf');
  const map = name => [...text.match(new RegExp(`map \\$uri \\$${name} \\{([^]*?)^\\}`, 'm'))[1].matchAll(/^\s*("~(.*)"|default)\s+"(.*)";$/gm)]
    .map(([, , pattern, value]) => ({ pattern: pattern && new RegExp(pattern), value }));
  const pick = (rules, path) => (rules.find(({ pattern }) => pattern?.test(path)) ?? rules.find(({ pattern }) => !pattern)).value;
  const charset = ['text/html', ...text.match(/charset_types (.*);/)[1].split(' ')];
  const types = {};
  for (const [, type, endings] of text.match(/types \{([^]*?)\}/)[1].matchAll(/^\s*(\S+)\s+(.+);$/gm)) {
    for (const ending of endings.split(' ')) types[ending] = charset.includes(type) ? `${type}; charset=utf-8` : type;
  }
  const headers = path => {
    const all = [...text.matchAll(/^\s*add_header (\S+) (?:"([^"]*)"|\$(\w+)) always;$/gm)];
    return Object.fromEntries(all.map(([, name, value, variable]) => [name, value ?? pick(map(variable), path)]).filter(([, value]) => value));
  };
  return { headers, types };
}

function caddy() {
  const text = read('Caddyfile');
  const always = Object.fromEntries([...text.match(/header \{([^]*?)\}/)[1].matchAll(/^\s*(\S+) "(.*)"$/gm)].map(([, name, value]) => [name, value]));
  const matchers = Object.fromEntries([...text.matchAll(/^\s*@(\w+) (not )?path_regexp (.*)$/gm)]
    .map(([, name, not, pattern]) => [name, path => new RegExp(pattern).test(path) !== Boolean(not)]));
  const rules = [...text.matchAll(/^\s*header @(\w+) (\S+) "(.*)"$/gm)];
  const headers = path => ({ ...always, ...Object.fromEntries(rules.filter(([, name]) => matchers[name](path)).map(([, , name, value]) => [name, value])) });
  // It takes types from headers and from what it knows by itself.
  return { headers: path => { const { 'Content-Type': type, ...others } = headers(path); return others; }, type: path => headers(path)['Content-Type'] };
}

function objectStorage() {
  const { types, rules } = JSON.parse(read('object-storage.json'));
  const headers = path => Object.assign({}, ...rules.filter(rule => new RegExp(rule.path).test(path)).map(rule => rule.headers));
  return { headers, types };
}

// Without those that hold another file once more, compressed.
const files = () => readdirSync('dist', { withFileTypes: true, recursive: true }).filter(entry => entry.isFile())
  .map(entry => `/${relative('dist', join(entry.parentPath ?? entry.path, entry.name))}`)
  .filter(path => !/\.(br|gz)$/.test(path));

function policyOf(text) {
  return Object.fromEntries(text.split(';').map(part => part.trim().split(/ (.*)/s)).map(([name, value]) => [name, value]));
}

export const tests = [
  ['the three ways to serve the app say the same of every file', {}, async () => {
    const [one, two, three] = [nginx(), caddy(), objectStorage()];
    assert.deepEqual(one.types, three.types);
    for (const path of files()) {
      const headers = one.headers(path);
      assert.deepEqual(two.headers(path), headers, path);
      assert.deepEqual(three.headers(path), headers, path);
      const type = one.types[extname(path).slice(1)];
      assert.ok(type, path);
      assert.equal(two.type(path), path.endsWith('.webmanifest') ? type : undefined, path);
      const isNamedByContent = /[0-9a-f]{16}/.test(path);
      const isKept = headers['Cache-Control'].includes('immutable');
      assert.equal(isKept, isNamedByContent, path);
      assert.equal(headers['Access-Control-Allow-Origin'], path.startsWith('/repository/') ? '*' : undefined, path);
    }
  }],

  ['nginx and Caddy compress the same types', {}, async () => {
    const [, gzipTypes] = read('nginx.conf').match(/gzip_types (.*);/);
    // nginx compresses text/html always.
    const zipped = ['text/html', ...gzipTypes.split(' ')];
    const encoded = [...read('Caddyfile').matchAll(/header Content-Type (\S+)\*$/gm)].map(([, type]) => type);
    for (const type of new Set(Object.values(nginx().types).map(type => type.split(';')[0]))) {
      assert.equal(encoded.some(start => type.startsWith(start)), zipped.includes(type), type);
    }
    assert.ok(zipped.includes('application/wasm'));
  }],

  ['headers and page have one policy', {}, async () => {
    const page = policyOf(readFileSync('www/index.html', 'utf8').match(/Content-Security-Policy" content="(.*)"/)[1]);
    const { 'frame-ancestors': framed, ...header } = policyOf(nginx().headers('/')['Content-Security-Policy']);
    assert.equal(framed, "'none'", 'what a page cannot say itself');
    for (const [name, value] of Object.entries(header)) assert.equal(page[name], value, name);
    assert.ok(!('script-src' in header), 'the page names the hash of its script');
  }],

  ['hongbang serve agrees, as far as it goes', {}, () => serving('dist', async origin => {
    const { headers, types } = nginx();
    for (const path of files()) {
      const response = await fetch(origin + path, { method: 'HEAD' });
      assert.equal(response.headers.get('content-type'), types[extname(path).slice(1)], path);
      for (const name of ['Referrer-Policy', 'X-Content-Type-Options']) assert.equal(response.headers.get(name), headers(path)[name], path);
    }
  })],

  ['hongbang serve hands out what was compressed at the build, and it is the same', {}, () => serving('dist', async origin => {
    for (const path of files()) {
      const file = readFileSync(`dist${path}`);
      const isCompressed = extname(path) !== '.png' && !path.startsWith('/repository/');
      for (const [accepted, coding] of [['gzip, br', 'br'], ['gzip', 'gzip'], ['identity', null]]) {
        const response = await fetch(origin + path, { headers: { 'accept-encoding': accepted } });
        assert.equal(response.headers.get('content-encoding'), isCompressed ? coding : null, path);
        assert.equal(response.headers.get('vary'), 'Accept-Encoding', path);
        assert.deepEqual(Buffer.from(await response.arrayBuffer()), file, path);
      }
    }
  })],

  ['the app works as it is served there, and in no frame', { worker: 'allow' }, async ({ page, repository }) => {
    const { headers, types } = nginx();
    const server = new Server({ '/': 'dist', '/repository/': repository });
    server.serve = (request, response) => {
      const path = server.path(request);
      const file = server.file(path);
      if (!file) return response.writeHead(404, headers(path)).end();
      response.writeHead(200, { ...headers(path), 'content-type': types[extname(file).slice(1)] }).end(readFileSync(file));
    };
    await server.start();
    try {
      await page.goto(server.origin);
      await page.waitForSelector('.standing--fresh');
      const { name } = await aFirm(page);
      await page.locator('.columns .rows .row').first().click();
      assert.equal(await page.textContent('.verdict h1'), name);
      await page.click('#show-qr');
      await page.waitForSelector('.qr svg');
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
      const framing = await page.context().newPage();
      await framing.route('http://framing.example/', route => route.fulfill({ contentType: 'text/html', body: `<iframe src="${server.origin}/"></iframe>` }));
      await framing.goto('http://framing.example/');
      await framing.waitForFunction(() => frames.length === 1);
      assert.match(framing.frames()[1].url(), /^chrome-error:/, 'what may not be framed is not shown');
    } finally {
      await server.stop();
    }
  }],
];
