// Without a network, without a service worker, on a sub-path, over a new version of the program.
import assert from 'node:assert/strict';
import { aFirm } from './answers.mjs';

export async function workerIsReady(page) {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) {
      await new Promise(resolve => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
    }
  });
}

// Changes what the browser keeps beside the list: what it decoded to.
const changeColumns = (page, change, given) => page.evaluate(([change, given]) => new Promise((resolve, reject) => {
  const request = indexedDB.open('hongbang');
  request.onerror = reject;
  request.onsuccess = () => {
    const transaction = request.result.transaction('slots', 'readwrite');
    const slots = transaction.objectStore('slots');
    slots.get('columns').onsuccess = event => {
      const columns = event.target.result;
      // A function cannot be handed to a page, and its text may not be evaluated there.
      if (change === 'rename') {
        const [from, to] = given.map(text => new TextEncoder().encode(text));
        const at = columns.findIndex((_, at) => from.every((byte, next) => columns[at + next] === byte));
        if (at < 0) return reject(new Error(`expected ${given[0]} in the columns, found none`));
        columns.set(to, at);
      }
      slots.put(change === 'cut' ? columns.slice(0, -1) : columns, 'columns');
    };
    transaction.oncomplete = resolve;
  };
}), [change, given]);

const columnsAre = (page, what) => page.waitForSelector(`html[data-columns="${what}"]`);

export const tests = [
  ['a kept list opens from what it decoded to before', {}, async ({ page, open, ready }) => {
    await open();
    await ready();
    await columnsAre(page, 'kept');
    await page.reload();
    await ready();
    await columnsAre(page, 'read');
    await page.fill('#query', '佛山');
    await page.waitForSelector('#options li');
  }],

  ['kept columns that the publisher did not sign are not believed', {}, async ({ page, open, ready, app }) => {
    await open();
    await ready();
    await columnsAre(page, 'kept');
    const { name, code } = await aFirm(page);
    await changeColumns(page, 'rename', [name, name.replace(/^../, '甲乙')]);
    await page.goto(`${app}#/firm/${code}`);
    await page.reload();
    assert.equal(await page.textContent('.verdict h1'), name);
    await columnsAre(page, 'kept');
    await page.reload();
    await columnsAre(page, 'read');
    assert.equal(await page.textContent('.verdict h1'), name);
  }],

  ['where kept columns are damaged, the file is decoded', {}, async ({ page, open, ready }) => {
    await open();
    await ready();
    await columnsAre(page, 'kept');
    await changeColumns(page, 'cut');
    await page.reload();
    await ready();
    await columnsAre(page, 'kept');
  }],

  // Chromium tells of every request that fails while there is no network.
  ['answers without a network, verified', { worker: 'allow', complains: true }, async ({ page, context, server, open, ready }) => {
    await open();
    await ready();
    const { name } = await aFirm(page);
    await page.goBack();
    await workerIsReady(page);
    await server.stop();
    await context.setOffline(true);
    await page.reload();
    await ready();
    assert.match(await page.textContent('.standing'), /已验证/);
    await page.fill('#query', name);
    await page.press('#query', 'Enter');
    assert.equal(await page.textContent('.verdict h1'), name);
    await page.goto(`${page.url().split('#')[0]}#/about`);
    assert.equal(await page.locator('.steps li').count(), 6, 'every step was done again');
    await context.setOffline(false);
  }],

  ['a start asks the network for no part of the program', { worker: 'allow' }, async ({ page, server, open, ready }) => {
    await open();
    await ready();
    await workerIsReady(page);
    server.requests.length = 0;
    await page.reload();
    await ready();
    await page.waitForFunction(() => performance.getEntriesByName(`${location.origin}/repository/metadata/timestamp.json`).length);
    assert.ok(server.requests.some(path => path.startsWith('/repository/metadata/')), 'but it does look for a newer list');
    assert.deepEqual(server.requests.filter(path => !path.startsWith('/repository/') && path !== '/sw.js'), []);
  }],

  ['a starter answers where the browser lost the list', { worker: 'allow', complains: true }, async ({ page, context, server, open, ready }) => {
    await open();
    await ready();
    await workerIsReady(page);
    await page.evaluate(() => new Promise((resolve, reject) => {
      const request = indexedDB.open('hongbang');
      request.onerror = reject;
      request.onsuccess = () => {
        const all = request.result.transaction('slots', 'readwrite');
        all.objectStore('slots').clear();
        all.oncomplete = resolve;
      };
    }));
    await server.stop();
    await context.setOffline(true);
    await page.reload();
    await ready();
    assert.match(await page.textContent('.standing'), /名单截至 2025年10月31日/);
  }],

  ['works without a service worker from what it kept', { worker: 'block', complains: true }, async ({ page, server, open, ready }) => {
    await open();
    await ready();
    server.fail(/\/repository\//);
    await page.reload();
    await ready();
    assert.match(await page.textContent('.standing'), /已验证/);
    await page.fill('#query', '佛山');
    assert.ok(await page.locator('#options [role=option]').count() > 0);
  }],

  ['without list and network it says so, and tries again', { complains: true }, async ({ page, server, open, ready }) => {
    server.fail(/\/(repository|starter)\//);
    await open();
    await page.waitForSelector('.panel--fault');
    assert.match(await page.textContent('.panel--fault'), /网站上取不到名单/);
    assert.match(await page.textContent('.standing'), /本机还没有名单/);
    assert.equal(await page.locator('.seal, .verdict').count(), 0);
    server.relent();
    server.override(/\/repository\/|\/starter\//, (request, response) => response.destroy());
    await page.click('.panel--fault .button');
    await page.waitForSelector('.panel--fault:has-text("连不上网络")');
    server.relent();
    await page.click('.panel--fault .button');
    await ready();
  }],

  ['lives in any folder', { worker: 'allow', prefix: '/some/where/' }, async ({ page, server, open, ready, app }) => {
    await open();
    await ready();
    await workerIsReady(page);
    assert.ok(page.url().startsWith(app));
    assert.deepEqual(server.requests.filter(path => !path.startsWith('/some/where/') && path !== '/favicon.ico'), []);
  }],

  ['a new version of the program waits until it is wanted', { worker: 'allow' }, async ({ page, server, open, ready }) => {
    await open();
    await ready();
    await workerIsReady(page);
    server.change(/\/sw\.js$/, bytes => Buffer.concat([bytes, Buffer.from('\n// newer')]));
    let loads = 0;
    page.on('load', () => { loads += 1; });
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
    await page.waitForSelector('.message:has-text("程序有新版本")');
    assert.equal(loads, 0, 'nothing is reloaded unasked');
    await Promise.all([page.waitForEvent('load'), page.click('.message .button')]);
    await ready();
    assert.equal(loads, 1);
  }],
];
