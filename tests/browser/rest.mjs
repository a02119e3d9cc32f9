// The second part of the program: it comes after the list, or when a screen is opened that needs it, and may not come.
import assert from 'node:assert/strict';
import { aFirm } from './answers.mjs';
import { workerIsReady } from './offline.mjs';

const REST = /\/rest-[0-9a-f]+\.wasm$/;
const SCREENS = [['#/about', '.steps'], ['#/list', '.bars'], ['#/scan', '.scan'], ['#/verify', '.verify-form'], ['#/firm/佛山', '.verdict']];

export const tests = [
  ['the rest of the program comes once the list answers, whatever is asked', {}, async ({ page, server, open, ready }) => {
    await open();
    await ready();
    await page.waitForLoadState('networkidle');
    const place = pattern => server.requests.findIndex(path => pattern.test(path));
    assert.ok(place(/\.hongbang$/) < place(REST), 'the list is not kept waiting');
    assert.equal(server.requests.filter(path => REST.test(path)).length, 1);
  }],

  ['a link to a firm opens it on a first visit', {}, async ({ page, context, open, ready, app }) => {
    await open();
    await ready();
    const { name, code } = await aFirm(page);
    const other = await (await context.browser().newContext({ locale: 'zh-CN', serviceWorkers: 'block' })).newPage();
    await other.goto(`${app}#/firm/${code}`);
    assert.equal(await other.textContent('.verdict h1'), name);
    await other.context().close();
  }],

  ...[['the program', REST], ['its styles', /\/rest-[0-9a-f]+\.css$/], ['its texts', /\/more-[^/]+\.txt$/]].map(([what, file]) =>
    [`where the rest of the program cannot be had, the search answers and a screen says so: ${what}`, { complains: true }, async ({ page, server, open, ready, complaints }) => {
      server.fail(file);
      await open();
      await ready();
      await page.fill('#query', '佛山');
      assert.ok(await page.locator('#options [role=option]').count() > 0);
      await page.click('.navigation a >> nth=1');
      const told = page.locator('[data-fault=no_rest]');
      assert.match(await told.textContent(), /这一页没能打开/);
      assert.equal(await page.locator('#stopped').isVisible(), false, 'it did not stop');
      await told.locator('.button').click();
      await page.waitForSelector('[data-fault=no_rest]');
      server.relent();
      await page.locator('[data-fault=no_rest] .button').click();
      assert.match(await page.textContent('.page-head h1'), /./);
      assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('.bar-row')).display), 'grid');
      assert.deepEqual(complaints.filter(complaint => complaint.startsWith('pageerror')), []);
    }]),

  ['before it came names are found as typed, what is not found so waits for it', {}, async ({ page, server, open, ready }) => {
    let answer;
    server.override(REST, (request, response) => { answer = () => server.serve(request, response); });
    await open();
    await ready();
    const told = page.locator('.finder [role=status]');
    await page.fill('#query', '佛山');
    const typed = await page.locator('#options .row__name').allTextContents();
    assert.equal(typed.length, 20);
    assert.ok(typed.every(name => name.includes('佛山')));
    await page.fill('#query', 'foshan');
    assert.match(await told.textContent(), /^按原字没有找到/);
    assert.equal(await page.locator('#options [role=option]').count(), 0);
    while (!answer) await page.waitForTimeout(20);
    answer();
    await page.waitForSelector('#options [role=option]');
    assert.match(await told.textContent(), /20 家/);
    assert.equal(await page.inputValue('#query'), 'foshan');
    await page.fill('#query', '佛山');
    assert.deepEqual(await page.locator('#options .row__name').allTextContents(), typed);
  }],

  ['what is no program in its place is told as well', { complains: true }, async ({ page, server, open, ready }) => {
    server.change(REST, bytes => bytes.subarray(0, bytes.length / 2));
    await open();
    await ready();
    await page.click('.navigation a >> nth=2');
    await page.waitForSelector('[data-fault=no_rest]');
    server.relent();
    await page.click('[data-fault=no_rest] .button');
    await page.waitForSelector('.steps');
  }],

  ['while it is on its way a screen says that, and keeps the place of the focus', {}, async ({ page, server, open, ready }) => {
    let answer;
    server.override(REST, (request, response) => { answer = () => server.serve(request, response); });
    await open();
    await ready();
    await page.click('.navigation a >> nth=2');
    await page.waitForSelector('.panel--waiting:has-text("正在打开")');
    await page.waitForFunction(() => document.activeElement.id === 'main');
    while (!answer) await page.waitForTimeout(20);
    answer();
    await page.waitForSelector('.steps');
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1');
  }],

  // Chromium tells of every request that fails while there is no network.
  ['every screen opens without a network after a first visit', { worker: 'allow', complains: true }, async ({ page, context, server, open, ready, app }) => {
    await open();
    await ready();
    await workerIsReady(page);
    await server.stop();
    await context.setOffline(true);
    for (const [hash, shown] of SCREENS) {
      await page.goto('about:blank');
      await page.goto(app + hash);
      await page.waitForSelector(shown);
    }
    await context.setOffline(false);
  }],

  ['trying again says that it is on its way', { complains: true }, async ({ page, server, open, ready }) => {
    server.fail(REST);
    await open();
    await ready();
    await page.click('.navigation a >> nth=2');
    await page.waitForSelector('[data-fault=no_rest]');
    let answer;
    server.relent();
    server.override(REST, (request, response) => { answer = () => server.serve(request, response); });
    await page.click('[data-fault=no_rest] .button');
    await page.waitForSelector('.panel--waiting:has-text("正在打开")');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'main', 'the focus is not lost');
    while (!answer) await page.waitForTimeout(20);
    answer();
    await page.waitForSelector('.steps');
  }],

  ['a language is chosen before and after it came', {}, async ({ page, open, ready }) => {
    await open();
    await page.click('[data-language=en]');
    await ready();
    await page.click('.navigation a >> nth=2');
    await page.waitForSelector('.steps');
    assert.match(await page.textContent('h1'), /^[\x20-\x7e’]+$/);
    await page.click('[data-language=zh-Hant-HK]');
    await page.waitForFunction(() => document.documentElement.lang === 'zh-Hant-HK');
    const empty = await page.locator('h1, h2, .option span').evaluateAll(elements => elements.filter(element => !element.textContent).length);
    assert.equal(empty, 0);
  }],
];
