// A static server for the tests: it can be stopped, told to change an answer, and remembers what it was asked.
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES = {
  '.css': 'text/css; charset=utf-8', '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json', '.png': 'image/png', '.svg': 'image/svg+xml', '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

export class Server {
  // `mounts` maps a prefix such as '/app/' to a folder; the longest prefix that fits is used.
  constructor(mounts) {
    this.mounts = Object.entries(mounts).sort(([a], [b]) => b.length - a.length);
    this.requests = [];
    this.headers = { 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' };
    this.overrides = [];
  }

  async start(port = 0) {
    this.server = createServer((request, response) => this.answer(request, response));
    await new Promise(resolve => this.server.listen(port, '127.0.0.1', resolve));
    this.port = this.server.address().port;
    this.origin = `http://127.0.0.1:${this.port}`;
    return this;
  }

  // Stops as a machine that loses its network does: open connections die, and the port stays silent.
  async stop() {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  async restart() {
    await this.start(this.port);
  }

  // From now on what matches `pattern` is answered by `answer(request, response)`.
  override(pattern, answer) {
    this.overrides.unshift({ pattern, answer });
  }

  // From now on what matches `pattern` comes changed.
  change(pattern, change) {
    this.override(pattern, (request, response) => {
      const file = this.file(this.path(request));
      if (!file) return this.serve(request, response);
      const bytes = change(readFileSync(file));
      response.writeHead(200, { ...this.headers, 'content-type': type(file) }).end(bytes);
    });
  }

  // From now on what matches `pattern` fails with a status.
  fail(pattern, status = 503) {
    this.override(pattern, (request, response) => response.writeHead(status, this.headers).end());
  }

  // Takes back the last change.
  relent() {
    this.overrides.shift();
  }

  answer(request, response) {
    const path = this.path(request);
    this.requests.push(path);
    const override = this.overrides.find(({ pattern }) => pattern.test(path));
    return override ? override.answer(request, response) : this.serve(request, response);
  }

  serve(request, response) {
    const file = this.file(this.path(request));
    if (!file) return response.writeHead(404, this.headers).end('not found');
    response.writeHead(200, { ...this.headers, 'content-type': type(file), 'content-length': statSync(file).size });
    createReadStream(file).pipe(response);
  }

  path(request) {
    return decodeURIComponent(new URL(request.url, this.origin).pathname);
  }

  file(path) {
    const mount = this.mounts.find(([prefix]) => path.startsWith(prefix));
    if (!mount) return undefined;
    const inside = normalize(path.slice(mount[0].length) || 'index.html');
    if (inside.startsWith('..')) return undefined;
    const file = join(mount[1], inside);
    return existsSync(file) && statSync(file).isFile() ? file : undefined;
  }
}

function type(file) {
  return TYPES[extname(file)] ?? 'application/octet-stream';
}
