// Starts the browser that the Makefile found (CHROME) with a profile of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

export async function launch(options = {}) {
  const executablePath = process.env.CHROME;
  if (!executablePath) throw new Error('expected the path of Chromium or Chrome in CHROME; `make browser` finds or installs one');
  const profile = mkdtempSync(join(tmpdir(), 'hongbang-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath, args: FLAGS, headless: true, locale: 'zh-CN', viewport: { width: 1280, height: 900 }, ...options,
  });
  return { context, async close() { await context.close(); rmSync(profile, { recursive: true, force: true }); } };
}
