// Takes pictures of the app for people to look at: phone and desktop, light and dark, three languages, elder mode.
import { mkdirSync, readdirSync } from 'node:fs';
import { Server } from './server.mjs';
import { launch } from './world.mjs';
import { aCode, issued, moves, spoil } from './certificates.mjs';

const OUT = 'tests/browser/shots';
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 900 };
const only = process.argv[2];

const newestTarget = () => `dist/repository/targets/${readdirSync('dist/repository/targets').find(name => name.endsWith('edition-2025-10-31.hongbang'))}`;

mkdirSync(OUT, { recursive: true });
const server = await new Server({ '/': 'dist' }).start();
const browser = await launch();
const page = await browser.newPage();

async function shot(name, { path = '#/', size = PHONE, theme = 'light', language = 'zh-Hans', elder = 'off', act, full = true, to = `${OUT}/${name}.png` }) {
  if (only && !name.includes(only)) return;
  await page.setViewportSize(size);
  await page.goto(`${server.origin}/`);
  await page.evaluate(({ theme, language, elder }) => {
    localStorage.setItem('hongbang.theme', theme);
    localStorage.setItem('hongbang.language', language);
    localStorage.setItem('hongbang.elder', elder);
  }, { theme, language, elder });
  await page.goto('about:blank');
  await page.goto(`${server.origin}/${path}`);
  await page.waitForSelector('.standing--fresh, .standing--ageing, .standing--old, .panel--fault');
  if (act) await act();
  await page.waitForTimeout(150);
  await page.screenshot({ path: to, fullPage: full });
  console.log(to);
}

const type = text => async () => { await page.fill('#query', text); await page.keyboard.press('ArrowDown'); };
const firstFirm = async () => { await page.fill('#query', '佛山'); await page.click('#options [role=option]'); await page.waitForSelector('.verdict'); };
const listedFirm = tier => async () => { await page.click(`.tier-card--${tier}`); await page.click('.rows .row >> nth=3'); await page.waitForSelector('.verdict'); };

// The pictures of the README.
if (only === 'picture') await shot('picture', { size: { width: 1280, height: 1000 }, act: listedFirm(0), full: false, to: 'www/picture.png' });

await shot('home-phone', {});
await shot('home-desktop-dark', { size: DESKTOP, theme: 'dark' });
await shot('home-hk', { language: 'zh-Hant-HK' });
await shot('home-en-desktop', { size: DESKTOP, language: 'en' });
await shot('home-elder', { elder: 'on' });
await shot('search-phone', { act: type('照明') });
await shot('search-desktop', { size: DESKTOP, act: type('照明'), full: false });
await shot('search-none', { act: type('不存在的名字') });
await shot('firm-phone', { act: listedFirm(0) });
await shot('firm-desktop', { size: DESKTOP, act: listedFirm(1) });
await shot('firm-dark', { theme: 'dark', act: listedFirm(2) });
await shot('firm-en-desktop', { size: DESKTOP, language: 'en', act: firstFirm });
await shot('firm-elder', { elder: 'on', act: listedFirm(0) });
await shot('firm-hk', { language: 'zh-Hant-HK', act: listedFirm(1) });
const go = hash => page.evaluate(hash => { location.hash = hash; }, hash);
const { code } = aCode();
const { text } = issued(code);
const verify = (paper, kind) => async () => { await go(`#/verify/${encodeURIComponent(paper)}`); await page.waitForSelector(`[data-kind=${kind}]`); };
const valid = verify(text, 'valid');
const spoiled = verify(text.slice(0, -9), 'not_a_certificate');
const wrongSignature = verify(spoil(text), 'bad_signature');
const outranked = async () => { const { promoted } = moves(); await verify(issued(promoted.find(firm => firm.code).code, '2025-03-14').text, 'outranked')(); };
const file = (name, kind) => async () => { await page.setInputFiles('#verify-file', name); await page.waitForSelector(`[data-kind=${kind}]`); };
// A favourite that has changed since it was seen, and two look-ups.
const kept = async () => {
  await page.evaluate(code => {
    localStorage.setItem('hongbang.favourites', `5\t2016-01-01\t${code}\t示例照明有限公司`);
    localStorage.setItem('hongbang.recent', `\t\t没有这家企业\t没有这家企业\n10\t2015-01-01\t${code}\t示例照明有限公司`);
  }, code);
  await page.reload();
  await page.waitForSelector('#favourites');
};
const forget = () => page.evaluate(() => ['favourites', 'recent'].forEach(name => localStorage.removeItem(`hongbang.${name}`)));
const qr = async () => { await listedFirm(0)(); await page.click('#show-qr'); await page.waitForSelector('.qr svg'); };

if (only === 'picture') {
  const phone = { full: false, size: PHONE };
  await shot('picture-verify', { ...phone, path: '#/verify', act: valid, language: 'zh-Hant-HK', to: 'www/picture-verify.png' });
  await shot('picture-list', { ...phone, path: '#/list/years-10/city-4406', language: 'en', theme: 'dark', to: 'www/picture-list.png' });
}

await shot('verify-phone', { path: '#/verify' });
await shot('verify-desktop-en', { path: '#/verify', size: DESKTOP, language: 'en' });
await shot('verify-valid-phone', { path: '#/verify', act: valid });
await shot('verify-valid-hk-dark', { path: '#/verify', act: valid, language: 'zh-Hant-HK', theme: 'dark' });
await shot('verify-valid-en-desktop', { path: '#/verify', act: valid, language: 'en', size: DESKTOP });
await shot('verify-valid-elder', { path: '#/verify', act: valid, elder: 'on' });
await shot('verify-outranked-phone', { path: '#/verify', act: outranked });
await shot('verify-bad-signature-phone', { path: '#/verify', act: wrongSignature });
await shot('verify-bad-signature-en-dark', { path: '#/verify', act: wrongSignature, language: 'en', theme: 'dark', size: DESKTOP });
await shot('verify-none-phone', { path: '#/verify', act: spoiled });
await shot('verify-file-signed', { path: '#/verify', act: file(newestTarget(), 'signed') });
await shot('verify-file-signed-en', { path: '#/verify', act: file(newestTarget(), 'signed'), language: 'en', size: DESKTOP });
await shot('verify-file-metadata', { path: '#/verify', act: file('dist/repository/metadata/1.targets.json', 'signed') });
await shot('verify-file-unknown', { path: '#/verify', act: file('LICENSE', 'unknown') });
await shot('kept-phone', { act: kept });
await shot('kept-desktop-en', { act: kept, language: 'en', size: DESKTOP });
await shot('kept-elder-dark', { act: kept, elder: 'on', theme: 'dark' });
await forget();
await shot('firm-qr-phone', { act: qr, full: false });
await shot('firm-qr-desktop-en-dark', { act: qr, language: 'en', theme: 'dark', size: DESKTOP, full: false });
await shot('list-classes-phone', { path: '#/list/years-10/city-4406' });
await shot('list-classes-desktop-en', { path: '#/list/years-10/city-4406', size: DESKTOP, language: 'en', full: false });
await shot('scan-phone', { path: '#/scan' });
await shot('scan-en-desktop-dark', { path: '#/scan', size: DESKTOP, language: 'en', theme: 'dark' });
await shot('scan-elder', { path: '#/scan', elder: 'on' });
await shot('list-phone', { path: '#/list', full: false });
await shot('list-desktop', { path: '#/list', size: DESKTOP, full: false });
await shot('about-phone', { path: '#/about' });
await shot('about-desktop-en', { path: '#/about', size: DESKTOP, language: 'en' });
await shot('about-elder-dark', { path: '#/about', elder: 'on', theme: 'dark' });
await shot('not-listed', { path: '#/firm/某某不存在公司' });
await shot('several', { path: '#/firm/照明' });
await shot('mistyped', { path: '#/firm/91440606MA500000X1' });
await shot('mistyped-en', { path: '#/firm/91440606MA5OOOOOX1', language: 'en', size: DESKTOP });

await browser.close();
await server.stop();
