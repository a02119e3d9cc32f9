// What a test lives in: a repository that can be published to, a server of app and repository, and a fresh browser
// profile whose console and content policy are watched.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { Server } from './server.mjs';

const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];
const DEMO = '.demo';
export const EDITIONS = ['2025-03-14', '2025-10-31'];

export async function launch() {
  const executablePath = process.env.CHROME;
  if (!executablePath || !existsSync(executablePath)) {
    throw new Error('expected the path of Chromium or Chrome in CHROME; `make browser` finds or installs one');
  }
  return chromium.launch({ executablePath, args: FLAGS, headless: true });
}

// `published`: which of the demo's editions the repository holds at first. `worker`: whether service workers run.
export async function world(browser, { published = EDITIONS, worker = 'block', prefix = '/', ...options } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'hongbang-world-'));
  const repository = join(folder, 'repository');
  const publish = (edition, expires = '35d', ...more) => execFileSync(process.env.HONGBANG, [
    'publish', `${DEMO}/editions/${edition}.hongbang`, '--keys', `${DEMO}/keys`, '--repo', repository, '--expires', expires, ...more,
  ], { stdio: 'pipe' });
  // With all editions it is the repository that the app was built with, so that its starter fits.
  if (published.length === EDITIONS.length) cpSync(`${DEMO}/repository`, repository, { recursive: true });
  else published.forEach(edition => publish(edition));
  const server = await new Server({ [prefix]: 'dist', [`${prefix}repository/`]: repository }).start();
  const root = readFileSync(join(repository, 'metadata/1.root.json'));
  server.override(new RegExp(`^${prefix}root\\.json$`), (request, response) => {
    response.writeHead(200, { ...server.headers, 'content-type': 'application/json' }).end(root);
  });
  const context = await browser.newContext({
    locale: 'zh-CN', viewport: { width: 1280, height: 900 }, serviceWorkers: worker, ...options,
  });
  const page = await context.newPage();
  const complaints = await watch(page);
  const app = `${server.origin}${prefix}`;
  const open = async (hash = '') => {
    await page.goto(app + hash);
    await page.waitForSelector('html[data-app=started]');
  };
  const ready = () => page.waitForSelector('.standing--fresh, .standing--ageing, .standing--old');
  const close = async () => {
    await context.close();
    await server.stop().catch(() => {});
    rmSync(folder, { recursive: true, force: true });
  };
  return { page, context, server, publish, repository, open, ready, close, complaints, app };
}

// Everything that a browser complains of.
async function watch(page) {
  const complaints = [];
  page.on('pageerror', error => complaints.push(`pageerror: ${error.message}`));
  page.on('console', message => {
    if (!['error', 'warning'].includes(message.type())) return;
    const { url } = message.location();
    if (message.text().includes('Service Worker registration blocked by Playwright')) return;
    complaints.push(`${message.type()}: ${message.text()} ${url}`);
  });
  await page.addInitScript(() => addEventListener('securitypolicyviolation', event => {
    console.error(`content policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
  }));
  return complaints;
}
