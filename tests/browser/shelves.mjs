// What a reader keeps on the device: recent look-ups and favourites; and what changed since the edition before.
import assert from 'node:assert/strict';
import { aFirm } from './answers.mjs';
import { moves } from './certificates.mjs';

const FIRST = ['2025-03-14'];
const go = (page, hash) => page.evaluate(hash => { location.hash = hash; }, hash);

export async function lookUp(page, key) {
  await go(page, `#/firm/${encodeURIComponent(key)}`);
  await page.waitForSelector('.verdict');
}

async function newer(page, publish) {
  publish('2025-10-31');
  await go(page, '#/about');
  await page.click('#check-now');
  await page.waitForSelector('.message:has-text("已换用新名单")');
}

export const tests = [
  ['recent look-ups stay on the device, and are forgotten one by one or all', {}, async ({ page, server, open, ready }) => {
    await open();
    await ready();
    assert.equal(await page.locator('#recent').count(), 0);
    const { name, code } = await aFirm(page);
    const before = server.requests.length;
    for (const key of [code, '没有这家企业', '照明']) await lookUp(page, key);
    await go(page, '#/');
    await page.waitForSelector('#recent');
    assert.match(await page.textContent('#recent'), /只记在本机，不发给任何人/);
    const rows = page.locator('#recent .row__name');
    assert.deepEqual(await rows.allTextContents(), ['没有这家企业', name], 'the latest first, and no choice of several');
    await page.fill('#query', '佛');
    assert.equal(await page.locator('#recent').count(), 0, 'only while nothing is asked');
    await page.fill('#query', '');
    await page.reload();
    await ready();
    await page.click(`[aria-label="忘记“没有这家企业”"]`);
    assert.deepEqual(await rows.allTextContents(), [name]);
    assert.equal(await page.evaluate(() => document.activeElement.textContent), '最近查过', 'the focus is not lost');
    await page.click('#recent .row');
    await page.waitForSelector('.verdict--listed');
    await go(page, '#/');
    await page.click('#recent .show-all');
    assert.equal(await page.locator('#recent').count(), 0);
    assert.equal(await page.evaluate(() => localStorage.getItem('hongbang.recent')), null);
    assert.deepEqual(server.requests.slice(before).filter(path => !/^\/(root\.json|repository|starter)|\/$|boot|browser|styles|texts|more|rest|hongbang|icons|manifest/.test(path)), []);
  }],

  ['whoever wants no recent look-ups has none', {}, async ({ page, open, ready }) => {
    await open();
    await ready();
    const { code } = await aFirm(page);
    await lookUp(page, code);
    await go(page, '#/about');
    await page.check('label:has-text("不记") input');
    assert.equal(await page.evaluate(() => localStorage.getItem('hongbang.recent')), null);
    await lookUp(page, code);
    await go(page, '#/');
    await page.waitForSelector('.tier-cards');
    assert.equal(await page.locator('#recent').count(), 0);
    await page.reload();
    await ready();
    await go(page, '#/about');
    assert.ok(await page.isChecked('label:has-text("不记") input'));
  }],

  ['favourites are compared at every new edition, until they were seen', { published: FIRST }, async ({ page, publish, open, ready }) => {
    const { promoted, left, entered } = moves();
    const [up] = promoted.filter(firm => firm.code);
    const [out] = left.filter(firm => firm.code);
    const [into] = entered.filter(firm => firm.code);
    await open();
    await ready();
    const { name, code } = await aFirm(page);
    for (const key of [code, up.code, out.code]) {
      await lookUp(page, key);
      assert.equal(await page.getAttribute('#star', 'aria-pressed'), 'false');
      await page.click('#star');
      assert.equal(await page.getAttribute('#star', 'aria-pressed'), 'true');
    }
    await lookUp(page, into.code);
    await go(page, '#/');
    await page.waitForSelector('#favourites:has-text("3 家都没有变化")');
    await newer(page, publish);
    assert.match(await page.textContent('.message'), /3 家中有 2 家有变化/);
    await go(page, '#/');
    await page.waitForSelector('#favourites:has-text("3 家中有 2 家有变化")');
    assert.match(await page.textContent(`#favourites .row:has-text("${up.name}")`), /从“(三|五)年榜”变为“(五|十)年榜”/);
    assert.match(await page.textContent(`#favourites .row:has-text("${out.name}")`), /从“.年榜”变为“不上榜”/);
    assert.equal(await page.locator(`#favourites .row:has-text("${name}") .row__note--moved`).count(), 0);
    await page.reload();
    await ready();
    await page.click(`#favourites .row:has-text("${up.name}")`);
    await page.waitForSelector('.verdict--listed');
    await go(page, '#/');
    await page.waitForSelector('#favourites:has-text("3 家中有 1 家有变化")');
    await lookUp(page, code);
    await page.click('#star');
    assert.equal(await page.getAttribute('#star', 'aria-pressed'), 'false');
    await go(page, '#/');
    await page.waitForSelector('#favourites:has-text("2 家中有 1 家有变化")');
  }],

  ['favourites by keyboard alone', {}, async ({ page, open, ready }) => {
    await open();
    await ready();
    const { code, name } = await aFirm(page);
    await lookUp(page, code);
    await page.focus('#star');
    await page.keyboard.press('Space');
    assert.equal(await page.getAttribute('#star', 'aria-pressed'), 'true');
    await go(page, '#/');
    await page.focus('#favourites .row');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.verdict--listed');
    assert.equal(await page.textContent('.verdict h1'), name);
  }],

  ['the list tells who is new, left, rose and fell, with the firms behind each number', { published: FIRST }, async ({ page, publish, open, ready }) => {
    await open('#/list');
    await ready();
    assert.match(await page.textContent('.column--side'), /没有更早的名单可以比较/);
    await newer(page, publish);
    await go(page, '#/list');
    await page.waitForSelector('.panel:has-text("自上一期以来")');
    const told = moves();
    const expected = [told.entered, told.left, told.promoted, told.demoted].map(firms => firms.length.toLocaleString('en'));
    const counts = page.locator('.panel:has-text("自上一期以来") .bar-row__count');
    const check = async () => {
      assert.deepEqual(await counts.allTextContents(), expected);
      for (const [words, firms] of [['离开榜单', told.left], ['升级', told.promoted]]) {
        await page.click(`.bar-row:has-text("${words}")`);
        await page.waitForSelector(`.filters:not([hidden])`);
        assert.match(await page.textContent('.columns > .column:last-child [role=status]'), new RegExp(`^${firms.length.toLocaleString('en')} 家企业`));
        const shown = await page.locator('.columns > .column:last-child .rows .row__name').allTextContents();
        const names = new Set(firms.map(firm => firm.name));
        assert.ok(shown.length > 0 && shown.every(name => names.has(name)), words);
        await go(page, '#/list');
      }
    };
    await check();
    await page.reload();
    await ready();
    await check();
  }],

  ['the list is browsed by tier, city and class together', {}, async ({ page, open, ready }) => {
    await open('#/list');
    await ready();
    const count = async () => Number((await page.textContent('.columns > .column:last-child [role=status]')).match(/[\d,]+/)[0].replace(',', ''));
    const bar = text => page.locator(`.bar-row:has-text("${text}")`).first();
    // The screen follows the address, not the click.
    const chosen = count => page.waitForFunction(count => document.querySelectorAll('.filter').length === count, count);
    const all = await count();
    await bar('十年榜').click();
    await chosen(1);
    assert.equal(await count(), 936);
    const inCity = Number((await bar('佛山').locator('.bar-row__count').textContent()).replace(',', ''));
    await bar('佛山').click();
    await chosen(2);
    assert.equal(await count(), inCity, 'a bar says how many its click leaves');
    const first = page.locator('#classes .bar-row').first();
    const [name, ofClass] = [await first.locator('.bar-row__name').textContent(), Number(await first.locator('.bar-row__count').textContent())];
    await first.click();
    await chosen(3);
    assert.equal(await count(), ofClass);
    assert.equal(await page.locator('.bar-row[aria-current]').count(), 3);
    const hash = await page.evaluate(() => location.hash);
    await page.locator('.columns > .column:last-child .rows .row').first().click();
    await page.waitForSelector('.verdict--listed');
    assert.ok((await page.locator('.sampling__product').allTextContents()).includes(name));
    await page.goBack();
    assert.equal(await page.evaluate(() => location.hash), hash);
    for (let left = 3; left > 0; left -= 1) {
      await page.locator('.filter').first().click();
      await chosen(left - 1);
    }
    assert.equal(await count(), all);
    if (await page.locator('#classes .show-all').count()) {
      const before = await page.locator('#classes .bar-row').count();
      await page.click('#classes .show-all');
      assert.ok(await page.locator('#classes .bar-row').count() > before);
      assert.equal(await page.evaluate(() => document.activeElement.className), 'bar-row', 'the focus is not lost');
    }
  }],

  ['a firm’s page is shown as a QR code that leads back to it', {}, async ({ page, server, open, ready }) => {
    await open();
    await ready();
    const { code } = await aFirm(page);
    await lookUp(page, code);
    assert.equal(server.requests.filter(path => path.includes('scanner')).length, 0, 'nothing is fetched before it is asked for');
    await page.click('#show-qr');
    await page.waitForSelector('.qr svg');
    assert.equal(await page.textContent('.qr figcaption'), page.url());
    const png = await page.locator('.qr figure').screenshot();
    await go(page, '#/scan');
    await page.waitForSelector('#scan-photo', { state: 'attached' });
    await page.setInputFiles('#scan-photo', { name: 'qr.png', mimeType: 'image/png', buffer: png });
    await page.waitForSelector('.verdict--listed');
    assert.ok(page.url().endsWith(`#/firm/${code}`));
  }],
];
