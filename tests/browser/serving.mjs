// A folder as `hongbang serve` (HONGBANG) hands it out, on a port of its own.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';

export async function serving(folder, use) {
  const port = await freePort();
  const server = spawn(process.env.HONGBANG, ['serve', folder, '--port', String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    await new Promise((resolve, reject) => {
      server.stdout.once('data', resolve);
      server.once('exit', () => reject(new Error(`expected hongbang serve to serve ${folder}, but it ended`)));
    });
    return await use(`http://127.0.0.1:${port}`);
  } finally {
    server.kill();
  }
}

async function freePort() {
  const probe = createServer();
  await new Promise(resolve => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address();
  await new Promise(resolve => probe.close(resolve));
  return port;
}
