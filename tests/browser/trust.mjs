// What is refused, in its own words, while the old list stays; and how old lists answer.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { aFirm } from './answers.mjs';

const FIRST = ['2025-03-14'];

// One bit of the last byte but one: inside a signature or the data, wherever that is.
function flip(bytes) {
  const changed = Buffer.from(bytes);
  changed[Math.floor(changed.length / 2)] ^= 1;
  return changed;
}

// Publishes the next root, which says what the one before said.
function prolongRoot(repository) {
  const hongbang = (...words) => execFileSync(process.env.HONGBANG, words, { stdio: 'pipe' });
  const [stage, keys] = [`${repository}-staged`, '.demo/keys'];
  hongbang('rotate', 'root', '--repo', repository, '--stage', stage);
  hongbang('sign', stage, '--root', join(repository, 'metadata/1.root.json'), '--keys', keys);
  hongbang('publish', stage, '--repo', repository, '--keys', keys);
  rmSync(stage, { recursive: true });
}

// A signature that is well-formed and wrong.
function forge(bytes) {
  return Buffer.from(bytes.toString().replace(/"sig":\s*"(.)/g, (text, digit) => text.slice(0, -1) + (digit === '0' ? '1' : '0')));
}

async function check(page) {
  await page.evaluate(() => { location.hash = '#/about'; });
  await page.click('#check-now');
}

async function refusedInWords(page, words) {
  await page.waitForSelector(`.message--warning:has-text("${words}")`);
  assert.match(await page.textContent('.message--warning'), /继续使用截至 2025年3月14日的名单/);
  assert.match(await page.textContent('.standing--fresh'), /2025年3月14日/);
}

export const tests = [
  ['new roots are followed, and none is asked for that is not there', { published: FIRST }, async ({ page, repository, publish, server, open, ready }) => {
    await open();
    await ready();
    const roots = () => server.requests.flatMap(path => path.match(/metadata\/(.*root\.json)$/)?.[1] ?? []);
    assert.deepEqual(roots(), ['root.json']);
    prolongRoot(repository);
    prolongRoot(repository);
    publish('2025-10-31');
    await check(page);
    await page.waitForSelector('.message:has-text("2025年10月31日")');
    assert.deepEqual(roots(), ['root.json', 'root.json', '2.root.json', 'root.json', 'root.json']);
  }],

  ['a newer list is verified, put into use and told, without a reload', { published: FIRST }, async ({ page, publish, open, ready }) => {
    await open();
    await ready();
    assert.match(await page.textContent('.standing'), /2025年3月14日/);
    publish('2025-10-31');
    let loads = 0;
    page.on('load', () => { loads += 1; });
    await check(page);
    await page.waitForSelector('.message:has-text("已换用新名单（截至 2025年10月31日）")');
    assert.match(await page.textContent('.standing'), /2025年10月31日/);
    assert.equal(loads, 0);
    await page.reload();
    await ready();
    assert.match(await page.textContent('.standing'), /2025年10月31日/);
  }],

  ['a newer list comes by a delta, a fraction of its bytes', { published: FIRST }, async ({ page, publish, repository, open, ready }) => {
    await open();
    await ready();
    publish('2025-10-31');
    const targets = [];
    page.on('response', async response => {
      const [, name] = response.url().match(/\/targets\/[0-9a-f]{64}\.(.*)$/) ?? [];
      if (name) targets.push({ name, bytes: (await response.body()).length });
    });
    await check(page);
    await page.waitForSelector('.message:has-text("已换用新名单（截至 2025年10月31日）")');
    assert.equal(await page.getAttribute('html', 'data-delta'), 'applied');
    const [{ name, bytes }] = targets;
    assert.deepEqual(targets.map(target => target.name), ['delta-2025-03-14-to-2025-10-31.hongbang']);
    const whole = readdirSync(join(repository, 'targets')).find(file => file.endsWith('edition-2025-10-31.hongbang'));
    const { size } = statSync(join(repository, 'targets', whole));
    assert.ok(bytes <= 0.35 * size, `${name}: ${bytes} of ${size} bytes`);
  }],

  ['a tampered delta gives way to the whole list', { published: FIRST }, async ({ page, publish, server, open, ready }) => {
    await open();
    await ready();
    publish('2025-10-31');
    server.change(/\/targets\/[0-9a-f]{64}\.delta-/, flip);
    await check(page);
    await page.waitForSelector('.message:has-text("已换用新名单（截至 2025年10月31日）")');
    assert.equal(await page.getAttribute('html', 'data-delta'), 'wrong_hash');
    assert.ok(server.requests.some(path => /edition-2025-10-31/.test(path)));
  }],

  ['a tampered edition is refused and the old list stays', { published: FIRST }, async ({ page, publish, server, open, ready }) => {
    await open();
    await ready();
    publish('2025-10-31');
    server.change(/\/targets\/[0-9a-f]{64}\.(edition-2025-10-31|delta)/, flip);
    await check(page);
    await refusedInWords(page, '名单损坏了');
  }],

  ['an edition of another length is refused', { published: FIRST }, async ({ page, publish, server, open, ready }) => {
    await open();
    await ready();
    publish('2025-10-31');
    server.change(/\/targets\/[0-9a-f]{64}\.(edition-2025-10-31|delta)/, bytes => Buffer.concat([bytes, bytes, bytes]));
    await check(page);
    await refusedInWords(page, '名单损坏了');
  }],

  ['a forged signature is refused and the old list stays', { published: FIRST }, async ({ page, publish, server, open, ready }) => {
    await open();
    await ready();
    publish('2025-10-31');
    server.change(/\/metadata\/timestamp\.json$/, forge);
    await check(page);
    await refusedInWords(page, '名单没有通过验证');
  }],

  ['an older list is refused', { published: FIRST }, async ({ page, publish, server, repository, open, ready }) => {
    const old = readFileSync(join(repository, 'metadata/timestamp.json'));
    publish('2025-10-31');
    await open();
    await ready();
    assert.match(await page.textContent('.standing'), /2025年10月31日/);
    server.change(/\/metadata\/timestamp\.json$/, () => old);
    await check(page);
    await page.waitForSelector('.message--warning:has-text("收到的是更旧的名单")');
    assert.match(await page.textContent('.standing--fresh'), /2025年10月31日/);
  }],

  ['a first visit to a forged repository gets no answer', { complains: true }, async ({ page, server, open }) => {
    server.fail(/\/starter\//, 404);
    server.change(/\/metadata\/timestamp\.json$/, forge);
    await open('#/firm/佛山');
    await page.waitForSelector('.panel--fault:has-text("名单没有通过验证")');
    assert.equal(await page.getAttribute('.panel--fault', 'data-fault'), 'below_threshold');
    assert.equal(await page.locator('.seal, .verdict, .row').count(), 0);
  }],

  ['a list that was changed in the browser’s storage is refused', { complains: true }, async ({ page, server, open, ready }) => {
    await open();
    await ready();
    // The list is kept twice: when it came, and once more with what it decoded to.
    await page.waitForSelector('html[data-columns=kept]');
    await page.evaluate(() => new Promise((resolve, reject) => {
      const request = indexedDB.open('hongbang');
      request.onerror = reject;
      request.onsuccess = () => {
        const transaction = request.result.transaction('slots', 'readwrite');
        const slots = transaction.objectStore('slots');
        slots.openCursor().onsuccess = event => {
          const cursor = event.target.result;
          if (!cursor) return;
          if (cursor.value.edition) { cursor.value.edition[1000] ^= 1; cursor.update(cursor.value); }
          cursor.continue();
        };
        transaction.oncomplete = resolve;
      };
    }));
    server.fail(/\/(repository|starter)\//);
    await page.reload();
    await page.waitForSelector('.panel--fault:has-text("名单损坏了")');
    assert.equal(await page.locator('.seal, .verdict').count(), 0);
    server.relent();
    await page.click('.panel--fault .button');
    await ready();
  }],

  ['an expired list answers as an old one', { complains: true }, async ({ page, server, open, ready }) => {
    await open();
    await ready();
    const { name, code } = await aFirm(page);
    server.fail(/\/repository\//);
    const later = days => new Date(Date.now() + days * 86_400_000);
    await page.clock.setFixedTime(later(60));
    await page.reload();
    await page.waitForSelector('.standing--ageing');
    assert.match(await page.textContent('.standing'), /待更新.*名单截至 2025年10月31日/);
    await page.clock.setFixedTime(later(300));
    await page.reload();
    await page.waitForSelector('.standing--old');
    assert.match(await page.textContent('.standing'), /已过期.*名单截至 2025年10月31日，早已过期，不代表现在的情况/);
    await page.goto(`${page.url().split('#')[0]}#/firm/${code}`);
    assert.equal(await page.textContent('.verdict h1'), name, 'it still answers');
    await page.clock.setFixedTime(later(0));
    await page.reload();
    await page.waitForSelector('.standing--old');
  }],

  ['a first visit to an expired repository gets the old list, marked as old', {}, async ({ page, open }) => {
    await page.clock.setFixedTime(new Date(Date.now() + 60 * 86_400_000));
    await open();
    await page.waitForSelector('.standing--ageing');
    assert.match(await page.textContent('.standing'), /名单截至 2025年10月31日/);
  }],

  ['how the list was verified is shown step by step', {}, async ({ page, open, ready }) => {
    await open('#/about');
    await ready();
    const steps = await page.textContent('#verification');
    for (const words of ['信任的起点', '谁签发了名单', '一个字节也没有改动', '重新计算了 5,416 家企业的级别']) assert.ok(steps.includes(words), words);
    await page.click('details.panel summary');
    assert.match(await page.textContent('details.panel code'), /^[0-9a-f]{64}$/);
  }],

  ['a trap of the program is told and is no answer', { complains: true }, async ({ page, open, ready }) => {
    await open();
    await ready();
    await page.evaluate(() => setTimeout(() => { throw new WebAssembly.RuntimeError('unreachable'); }));
    await page.waitForSelector('#stopped:not([hidden])');
    assert.match(await page.textContent('#stopped'), /没有得出任何查询结果/);
  }],
];
