// What a person asks and is answered.
import assert from 'node:assert/strict';

// A firm of the made-up list, from the list's own first page of ten-year firms.
export async function aFirm(page, tier = 0) {
  await page.click(`.tier-card--${tier}`);
  const row = page.locator('.columns .rows .row').first();
  const name = await row.locator('.row__name').textContent();
  const href = await row.getAttribute('href');
  return { name, code: href.split('/').pop() };
}

// The answer is there once the screen that was asked on is gone.
async function ask(page, query) {
  await page.fill('#query', query);
  const asked = await page.waitForSelector('h1');
  await page.press('#query', 'Enter');
  await page.waitForFunction(title => !title.isConnected, asked);
}

export const tests = [
  ['part of a name finds the firm, and its page shows tier, day and evidence', {}, async ({ page, open, ready }) => {
    await open();
    await ready();
    const { name } = await aFirm(page);
    await page.goBack();
    await page.fill('#query', name.slice(2, 6));
    const option = page.locator('#options [role=option]', { hasText: name });
    await option.first().click();
    assert.equal(await page.textContent('.verdict h1'), name);
    assert.match(await page.textContent('.verdict__status'), /在红榜上 · 十年榜/);
    assert.match(await page.textContent('.verdict__day'), /名单截至 2025年10月31日/);
    assert.equal(await page.locator('.seal').textContent(), '十年榜示例');
    assert.ok(await page.locator('.sampling').count() > 0);
    const dates = await page.locator('.sampling time').evaluateAll(times => times.map(time => time.dateTime));
    assert.deepEqual(dates, [...dates].sort().reverse(), 'newest first');
    assert.match(await page.getAttribute('.timeline', 'aria-label'), /共抽检 \d+ 批次/);
    assert.equal(await page.locator('.readings__row').count(), 4);
    assert.equal(await page.locator('.readings__row--used').count(), 1);
    await page.goBack();
    assert.equal(await page.inputValue('#query'), name.slice(2, 6), 'going back finds the question again');
  }],

  ['a code finds its firm, however it is typed', {}, async ({ page, open, ready }) => {
    await open();
    await ready();
    const { name, code } = await aFirm(page, 1);
    await page.goBack();
    await ask(page, ` ${code.toLowerCase().slice(0, 9)} ${code.toLowerCase().slice(9)} `);
    assert.equal(await page.textContent('.verdict h1'), name);
    assert.match(await page.textContent('.verdict__status'), /五年榜/);
  }],

  ['pinyin and Traditional characters find what Simplified ones find', {}, async ({ page, open, ready }) => {
    await open();
    await ready();
    for (const query of ['foshan', '佛山', '東莞', '东莞']) {
      await page.fill('#query', query);
      const city = /^f|佛/.test(query) ? '佛山' : '东莞';
      const name = await page.locator('#options .row__name').first().textContent();
      assert.ok(name.includes(city), `${query}: ${name}`);
    }
  }],

  ['a firm that is not listed is not accused', {}, async ({ page, open, ready }) => {
    await open();
    await ready();
    await ask(page, '并不存在的某某公司');
    assert.match(await page.textContent('h1'), /不在本期名单上/);
    assert.match(await page.textContent('.verdict'), /截至 2025年10月31日/);
    assert.match(await page.textContent('.verdict'), /不说明该企业有任何问题/);
    assert.equal(await page.locator('.seal').count(), 0);
  }],

  ['a mistyped code says which character, and offers the codes that are near', {}, async ({ page, open, ready }) => {
    await open();
    await ready();
    const { name, code } = await aFirm(page);
    const wrong = code.slice(0, 12) + (code[12] === '1' ? '2' : '1') + code.slice(13);
    await page.goBack();
    await ask(page, wrong);
    assert.match(await page.textContent('h1'), /这个代码写错了/);
    assert.match(await page.textContent('.verdict'), /校验位是|第 17 位是/);
    assert.equal(await page.locator('.code-spelled mark').count(), 1);
    assert.ok((await page.locator('.rows').textContent()).includes(name));
  }],

  ['several firms are offered and none is chosen', {}, async ({ page, open, ready }) => {
    await open();
    await ready();
    await ask(page, '照明');
    assert.match(await page.textContent('h1'), /符合的企业很多，先列 20 家/);
    assert.equal(await page.locator('.seal').count(), 0);
    await page.locator('.rows .row').first().click();
    await page.waitForSelector('.verdict--listed');
  }],

  ['the list tells its figures and can be browsed by tier and city', {}, async ({ page, open, ready }) => {
    await open('#/list');
    await ready();
    assert.match(await page.textContent('.page-head'), /5,416 家企业在榜/);
    assert.deepEqual(await page.locator('.column--side .panel >> nth=0 >> .bar-row__count').allTextContents(), ['936', '1,534', '2,946']);
    await page.click('.bar-row:has-text("佛山")');
    const rows = page.locator('.columns .rows .row');
    assert.equal(await rows.count(), 50);
    await page.click('.columns > .column:last-child .show-all');
    assert.equal(await rows.count(), 100);
    assert.ok((await rows.locator('.row__note').allTextContents()).every(city => city === '佛山'));
  }],

  ['looking things up sends nothing', {}, async ({ page, server, open, ready }) => {
    await open();
    await ready();
    await page.waitForLoadState('networkidle');
    const asked = [];
    page.on('request', request => asked.push(request.url()));
    const before = server.requests.length;
    for (const query of ['佛山', '照明电器', '91440606003663344C', '没有这家']) {
      await page.fill('#query', '');
      await page.locator('#query').pressSequentially(query, { delay: 5 });
      await page.press('#query', 'Enter');
      await page.waitForSelector('.verdict');
      await page.goBack();
    }
    await page.fill('#query', '佛山');
    await page.click('#options [role=option]');
    await page.waitForSelector('.evidence');
    await page.waitForTimeout(300);
    assert.deepEqual(asked, []);
    assert.equal(server.requests.length, before);
  }],

  ['the page says something true without script', { javaScriptEnabled: false }, async ({ page, app }) => {
    await page.goto(app);
    const words = await page.textContent('main');
    assert.match(words, /广东省工业产品质量信用优良企业榜单/);
    assert.match(words, /JavaScript/);
    assert.equal(await page.locator('#opening').isVisible(), false);
    assert.equal(await page.locator('#stopped').isVisible(), false);
  }],
];
