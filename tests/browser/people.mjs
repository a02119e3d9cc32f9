// Who uses it: by keyboard alone, in three languages, with weak eyes, on paper.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { aFirm } from './answers.mjs';
import { issued, moves } from './certificates.mjs';
import { lookUp } from './shelves.mjs';

const AXE = readFileSync(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// axe is run through the debugging protocol, past the page's content policy, which would refuse it.
async function violations(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(tags => axe.run(document, { runOnly: tags }), RULES);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.target.join(' ')).join(', ')}`);
}

export const tests = [
  ['everything can be done by keyboard alone', {}, async ({ page, open, ready }) => {
    await open();
    await ready();
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
    await page.focus('#query');
    await page.keyboard.type('佛山');
    await page.waitForSelector('#options [role=option]');
    assert.equal(await page.getAttribute('#query', 'aria-expanded'), 'true');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const active = await page.getAttribute('#query', 'aria-activedescendant');
    assert.equal(active, 'option-1');
    assert.equal(await page.getAttribute(`#${active}`, 'aria-selected'), 'true');
    const name = await page.textContent(`#${active} .row__name`);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.verdict');
    assert.equal(await page.textContent('h1'), name);
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1', 'the focus follows');
    await page.goBack();
    await page.focus('#query');
    await page.keyboard.press('Escape');
    assert.equal(await page.inputValue('#query'), '');
    assert.equal(await page.getAttribute('#query', 'aria-expanded'), 'false');
  }],

  ['what is found is announced', {}, async ({ page, open, ready }) => {
    await open();
    await ready();
    await page.fill('#query', '没有这家');
    // With the rest of the program, which may still be on its way (rest.mjs).
    await page.waitForSelector('.finder [role=status]:has-text("没有找到“没有这家”。这不代表该企业有问题")');
    await page.fill('#query', '照明');
    assert.match(await page.textContent('.finder [role=status]'), /20 家/);
  }],

  ['three languages, chosen once', {}, async ({ page, open, ready }) => {
    await open();
    await ready();
    for (const [tag, title] of [['zh-Hant-HK', '這家企業在紅榜上嗎？'], ['en', 'Is this maker on the honour list?'], ['zh-Hans', '这家企业在红榜上吗？']]) {
      await page.click(`.segments [data-language=${tag}]`);
      await page.waitForSelector(`html[lang=${tag}]`);
      assert.equal(await page.textContent('h1'), title);
      assert.equal(await page.evaluate(() => document.activeElement.dataset.language), tag);
    }
    await page.click('.segments [data-language=en]');
    await page.waitForSelector('html[lang=en]');
    await page.reload();
    await ready();
    assert.match(await page.textContent('.standing'), /List as of 31 October 2025/);
    assert.match(await page.textContent('.below'), /Red stands for honour here, not for danger/);
    await aFirm(page);
    await page.locator('.columns .rows .row').first().click();
    assert.equal(await page.getAttribute('.verdict h1', 'lang'), 'zh-Hans');
    assert.match(await page.textContent('.verdict__status'), /On the Quality Red List · 10-year tier/);
  }],

  ['a reader in Hong Kong is met in Hong Kong Chinese', { locale: 'zh-HK' }, async ({ page, open, ready }) => {
    await open();
    await ready();
    assert.equal(await page.getAttribute('html', 'lang'), 'zh-Hant-HK');
    assert.match(await page.textContent('.below'), /「紅」在這裡是表揚，不是警告/);
  }],

  ['the elder mode is large, and stays', { viewport: { width: 390, height: 844 } }, async ({ page, open, ready }) => {
    await open();
    await ready();
    const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.querySelector('.help')).fontSize));
    const before = await size();
    await page.click('.elder-switch');
    assert.ok(await size() / before >= 1.4, `${before} to ${await size()}`);
    await page.reload();
    await ready();
    await page.fill('#query', '佛山');
    const targets = page.locator('.navigation a, .elder-switch, #options [role=option], .field');
    for (const target of await targets.all()) {
      const { height } = await target.boundingBox();
      assert.ok(height >= 60, `${await target.textContent()}: ${height}`);
    }
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 390, `nothing is cut off at the side: ${width}`);
  }],

  ['no screen is wider than a small phone', { viewport: { width: 320, height: 640 } }, async ({ page, open, ready }) => {
    await open();
    await ready();
    const { code } = await aFirm(page);
    for (const hash of ['#/', '#/scan', '#/verify', '#/list', '#/about', `#/firm/${code}`, '#/firm/没有这家', '#/firm/9144O606003663344C', '#/firm/照明']) {
      await page.goto(`${page.url().split('#')[0]}${hash}`);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 320, `${hash}: ${width}`);
    }
  }],

  ['a firm prints on one page of A4', {}, async ({ page, open, ready }) => {
    await open();
    await ready();
    // The firm with the most to print among the first.
    const { code } = await aFirm(page);
    const links = await page.locator('.columns .rows .row').evaluateAll(rows => rows.slice(0, 12).map(row => row.hash));
    let most = { count: 0, hash: `#/firm/${code}` };
    for (const hash of links) {
      await page.evaluate(hash => { location.hash = hash; }, hash);
      await page.waitForTimeout(50);
      const count = Number((await page.textContent('h2:has-text("依据")')).match(/\d+/)[0]);
      if (count > most.count) most = { count, hash };
    }
    assert.ok(most.count > 10, `${most.count}`);
    await page.evaluate(hash => { location.hash = hash; }, most.hash);
    await page.waitForTimeout(50);
    await page.click('.show-all');
    const pages = async () => {
      const pdf = (await page.pdf({ format: 'A4', printBackground: true, preferCSSPageSize: true })).toString('latin1');
      return pdf.match(/\/Type\s*\/Page\b/g)?.length;
    };
    assert.equal(await pages(), 1);
    await page.click('#show-qr');
    await page.waitForSelector('.qr svg');
    assert.equal(await pages(), 1, 'the code finds its place');
  }],

  ['axe finds nothing on what is kept, certificates and files, in any language', { published: ['2025-03-14'] }, async ({ page, publish, open, ready }) => {
    await open();
    await ready();
    const { promoted } = moves();
    const { code } = promoted.find(firm => firm.code);
    await lookUp(page, code);
    await page.click('#star');
    await lookUp(page, '没有这家企业');
    publish('2025-10-31', '35d', '--certificate-keys', '.demo/certificate-keys.cbor');
    await page.evaluate(() => { location.hash = '#/about'; });
    await page.click('#check-now');
    await page.waitForSelector('.message:has-text("已换用新名单")');
    const { text } = issued(code);
    const found = {};
    const go = async hash => page.evaluate(hash => { location.hash = hash; }, hash);
    for (const language of ['zh-Hans', 'zh-Hant-HK', 'en']) {
      await page.click(`.segments [data-language=${language}]`);
      await page.waitForSelector(`html[lang=${language}]`);
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme });
        const look = async name => { found[`${name} ${language} ${colorScheme}`] = await violations(page); };
        await go('#/');
        await page.waitForSelector('#favourites .row__note--moved');
        await look('kept');
        await go('#/list/change-up');
        await page.waitForSelector('.filters:not([hidden])');
        await look('changes');
        await go('#/verify');
        await page.waitForSelector('.verify-form');
        await look('ways');
        for (const [kind, paper] of [['valid', text], ['not_a_certificate', text.slice(0, -9)]]) {
          await go(`#/verify/${encodeURIComponent(paper)}`);
          await page.waitForSelector(`[data-kind=${kind}]`);
          await look(kind);
        }
      }
    }
    // Last, since a favourite that was seen has not changed any more.
    await go(`#/firm/${code}`);
    await page.click('#show-qr');
    await page.waitForSelector('.qr svg');
    found.code = await violations(page);
    assert.deepEqual(Object.entries(found).filter(([, list]) => list.length), []);
    assert.equal(Object.keys(found).length, 31);
  }],

  ...['light', 'dark'].map(colorScheme => [`axe finds nothing against WCAG 2.2 AA, ${colorScheme}`, { colorScheme }, async ({ page, open, ready }) => {
    await open();
    await ready();
    const found = {};
    const look = async name => { found[name] = await violations(page); };
    await look('home');
    await page.fill('#query', '佛山');
    await page.keyboard.press('ArrowDown');
    await look('results');
    const base = page.url().split('#')[0];
    await page.fill('#query', '');
    const { code } = await aFirm(page);
    await look('list');
    for (const hash of [`#/firm/${code}`, '#/scan', '#/about', '#/firm/没有这家', '#/firm/9144O606003663344C', '#/firm/照明']) {
      await page.goto(base + hash);
      await page.waitForSelector('h1');
      await look(hash);
    }
    const bad = Object.entries(found).filter(([, list]) => list.length);
    assert.deepEqual(bad, []);
  }]),
];
