// Certificates on paper and files: who signed, what was checked, and what is never shown as fact.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const DEMO = '.demo';
const command = (...args) => execFileSync(process.env.HONGBANG, args, { encoding: 'utf8' });

// What the publisher's command line prints for a firm of an edition: the text of the code, and its picture.
export function issued(code, edition = '2025-10-31', ...more) {
  const papers = mkdtempSync(join(tmpdir(), 'hongbang-papers-'));
  try {
    const told = command('certificate', 'issue', code, '--store', `${DEMO}/editions/${edition}.hongbang`, '--keys', `${DEMO}/keys`,
      '--key-set', `${DEMO}/certificate-keys.cbor`, '--out', papers, ...more);
    const picture = readdirSync(papers).find(file => file.endsWith('.png'));
    return { text: told.split('\n')[0], png: readFileSync(join(papers, picture)) };
  } finally {
    rmSync(papers, { recursive: true });
  }
}

export const moves = () => JSON.parse(command('diff', `${DEMO}/editions/2025-03-14.hongbang`, `${DEMO}/editions/2025-10-31.hongbang`, '--json'));
export const aCode = () => JSON.parse(command('search', '照明', '--store', `${DEMO}/editions/2025-10-31.hongbang`, '--limit', '1', '--json'))[0];

// A second writer of certificates, by src/certificate/FORMAT.md alone, for those that no publisher issues.
const cbor = {
  head(major, value) {
    if (value < 24) return Buffer.from([major << 5 | value]);
    if (value < 256) return Buffer.from([major << 5 | 24, value]);
    const long = Buffer.alloc(value < 65536 ? 3 : 5);
    long[0] = major << 5 | (value < 65536 ? 25 : 26);
    long.writeUIntBE(value, 1, long.length - 1);
    return long;
  },
  of(value) {
    if (value === true) return Buffer.from([0xf5]);
    if (typeof value === 'number') return value < 0 ? cbor.head(1, -1 - value) : cbor.head(0, value);
    if (typeof value === 'string') return Buffer.concat([cbor.head(3, Buffer.byteLength(value)), Buffer.from(value)]);
    if (Buffer.isBuffer(value)) return Buffer.concat([cbor.head(2, value.length), value]);
    if (Array.isArray(value)) return Buffer.concat([cbor.head(4, value.length), ...value.map(cbor.of)]);
    return Buffer.concat([cbor.head(5, value.size), ...[...value].flat().map(cbor.of)]);
  },
};
const DAY = 86_400;
const inChina = day => day * DAY - 8 * 3600;
const today = () => Math.floor((Date.now() / 1000 + 8 * 3600) / DAY);

function forged({ issuer, code, from = today(), days = 30, key = createPrivateKey(readFileSync(`${DEMO}/keys/certificate.pem`)), spoil = false }) {
  const id = createHash('sha256').update(createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(-32)).digest().subarray(0, 8);
  const headers = cbor.of(new Map([[1, -19], [4, id]]));
  const entry = new Map([[1, '示例甲有限公司'], [2, 10], [3, 16239], [4, 23], [5, 2], [6, 20392], [7, true]]);
  const claims = cbor.of(new Map([[1, issuer], [2, code], [4, inChina(from + days)], [6, inChina(from)], [-65537, entry]]));
  const signature = sign(null, cbor.of(['Signature1', headers, Buffer.alloc(0), claims]), key);
  if (spoil) signature[9] ^= 1;
  return digits(Buffer.concat([Buffer.from([0xd2]), cbor.of([headers, new Map(), claims, signature])]));
}

// A certificate whose signature is not its key's: the last character of Base45 changed, so that it still reads.
export const spoil = text => text.slice(0, -1) + (text.endsWith('0') ? '1' : '0');

// Seven bytes, read as a little-endian number, are seventeen digits.
function digits(bytes) {
  const widths = [0, 3, 5, 8, 10, 13, 15, 17];
  let text = '';
  for (let at = 0; at < bytes.length; at += 7) {
    const group = [...bytes.subarray(at, at + 7)];
    text += group.reduceRight((number, byte) => number << 8n | BigInt(byte), 0n).toString().padStart(widths[group.length], '0');
  }
  return text;
}

const STEPS = '.steps li';
const outcomes = page => page.locator(STEPS).evaluateAll(steps => steps.map(step => step.className.replace('step--', '')));
const kind = page => page.waitForSelector('.verified [data-kind]').then(element => element.getAttribute('data-kind'));
async function ask(page, text) {
  await page.evaluate(() => { location.hash = '#/verify'; });
  await page.waitForFunction(() => !document.querySelector('.verified [data-kind]'));
  await page.fill('#verify-text', text);
  await page.press('#verify-text', 'Tab');
  await page.keyboard.press('Enter');
  return kind(page);
}
const bring = (page, name, buffer, mimeType = '') => page.setInputFiles('#verify-file', { name, mimeType, buffer });

export const tests = [
  ['a certificate is verified by its text, and says who, when and what was checked', {}, async ({ page, server, open, ready }) => {
    const { code, name } = aCode();
    const { text } = issued(code);
    await open();
    await ready();
    await page.click('.verify-link');
    assert.equal(await page.textContent('h1'), '核对证书');
    assert.equal(server.requests.filter(path => path.includes('scanner')).length, 0, 'nothing of the worker before a check');
    assert.equal(await ask(page, text), 'valid');
    assert.equal(await page.textContent('.paper__name'), name);
    const paper = await page.textContent('.paper');
    for (const words of [code, '十年榜', '2025年10月31日', '示例证书']) assert.ok(paper.includes(words), words);
    assert.match(paper, /钥匙指纹[0-9a-f]{4}( [0-9a-f]{4}){3}/);
    assert.deepEqual(await outcomes(page), Array(6).fill('passed'));
    await page.click('.paper .button');
    assert.equal(await page.textContent('.verdict h1'), name);
  }],

  ['the link on a certificate opens the app and is verified', {}, async ({ page, open }) => {
    const { code, name } = aCode();
    const { text } = issued(code, '2025-10-31', '--base-url', 'https://hongbang.example/c');
    await open(`#${text.split('#')[1]}`);
    assert.equal(await kind(page), 'valid');
    assert.equal(await page.textContent('.paper__name'), name);
  }],

  ['a picture of a certificate is read and verified, on either screen', {}, async ({ page, open, ready }) => {
    const { code, name } = aCode();
    const { png } = issued(code);
    await open('#/verify');
    await ready();
    await bring(page, 'paper.png', png, 'image/png');
    assert.equal(await kind(page), 'valid');
    await page.evaluate(() => { location.hash = '#/scan'; });
    await page.waitForSelector('#scan-photo', { state: 'attached' });
    await page.setInputFiles('#scan-photo', { name: 'paper.png', mimeType: 'image/png', buffer: png });
    assert.equal(await kind(page), 'valid');
    assert.equal(await page.textContent('.paper__name'), name);
  }],

  ['each kind of certificate has a state of its own, and none that is not signed is shown as fact', {}, async ({ page, open, ready }) => {
    const { code } = aCode();
    const { text } = issued(code);
    const set = `${DEMO}/certificate-keys.cbor`;
    const { certificate: { issuer } } = JSON.parse(command('certificate', 'verify', text, '--key-set', set, '--json'));
    const link = options => `https://hongbang.example/c#${forged({ issuer, code, ...options })}`;
    const other = createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 7)]), format: 'der', type: 'pkcs8' });
    const skipped = count => Array(count).fill('skipped');
    const passed = count => Array(count).fill('passed');
    await open();
    await ready();
    for (const [state, title, paper, steps] of [
      ['valid', '证书有效', link({}), passed(6)],
      ['expired', '证书已过期', link({ from: today() - 40 }), [...passed(4), 'failed', 'passed']],
      ['not_yet_valid', '证书还没有生效', link({ from: today() + 3 }), [...passed(4), 'failed', 'passed']],
      ['unknown_key', '不认识签发它的钥匙', link({ key: other }), ['passed', 'failed', ...skipped(4)]],
      ['wrong_key', '这把钥匙无权签发它', link({ issuer: 'somebody-else' }), [...passed(3), 'failed', ...skipped(2)]],
      ['bad_signature', '签名不符', link({ spoil: true }), [...passed(2), 'failed', ...skipped(3)]],
      ['not_a_certificate', '不是完整的红榜证书', text.slice(0, -9), ['failed', ...skipped(5)]],
    ]) {
      assert.equal(await ask(page, paper), state);
      assert.match(await page.textContent('.verdict__title'), new RegExp(title));
      assert.deepEqual(await outcomes(page), steps, state);
      const isSigned = ['valid', 'expired', 'not_yet_valid'].includes(state);
      assert.equal(await page.locator('.paper').count(), isSigned ? 1 : 0, state);
      if (!isSigned) assert.ok(!(await page.textContent('.verified')).includes('示例甲'), state);
    }
  }],

  ['the list outranks a certificate of an older edition', {}, async ({ page, open, ready }) => {
    const { left, promoted } = moves();
    await open();
    await ready();
    for (const [{ code }, words] of [[left.find(firm => firm.code), '没有列出这家企业'], [promoted.find(firm => firm.code), /列为(五年榜|十年榜)/]]) {
      assert.equal(await ask(page, issued(code, '2025-03-14').text), 'outranked');
      assert.equal((await outcomes(page)).at(-1), 'failed');
      assert.match(await page.textContent(`${STEPS}:last-child`), new RegExp(words));
    }
  }],

  ['without the publisher’s keys nothing is said of a certificate', { published: ['2025-10-31'] }, async ({ page, open, ready }) => {
    const { code, name } = aCode();
    await open();
    await ready();
    assert.equal(await ask(page, issued(code).text), 'no_keys');
    assert.match(await page.textContent('.verified'), /现在不能核对证书/);
    assert.ok(!(await page.textContent('.verified')).includes(name));
  }],

  ['keys that were changed on the way or in storage are none', { complains: true }, async ({ page, server, open, ready }) => {
    server.change(/certificate-keys/, bytes => Buffer.concat([bytes.subarray(0, -1), Buffer.from([bytes.at(-1) ^ 1])]));
    await open();
    await ready();
    assert.equal(await ask(page, issued(aCode().code).text), 'no_keys');
  }],

  ['a worker that cannot be had is told, and no verdict is given', { complains: true }, async ({ page, server, open, ready }) => {
    server.fail(/scanner-/);
    await open('#/verify');
    await ready();
    await page.fill('#verify-text', issued(aCode().code).text);
    await page.click('.verify-form .button');
    await page.waitForSelector('.verified:has-text("识别程序没有打开")');
    assert.equal(await page.locator('.verified [data-kind], .paper').count(), 0);
  }],

  ['files say who signed them, and one that nobody signed is no fact', {}, async ({ page, repository, open, ready }) => {
    await open('#/verify');
    await ready();
    const targets = join(repository, 'targets');
    const target = name => readFileSync(join(targets, readdirSync(targets).find(file => file.endsWith(name))));
    for (const name of ['edition-2025-10-31.hongbang', 'edition-2025-03-14.hongbang', 'certificate-keys-1.cbor']) {
      await bring(page, name, target(name));
      await page.waitForSelector(`[data-kind=signed]:has-text("${name}")`);
      assert.match(await page.textContent('[data-kind=signed]'), /指纹[0-9a-f]{64}/);
    }
    await bring(page, 'timestamp.json', readFileSync(join(repository, 'metadata/timestamp.json')), 'application/json');
    await page.waitForSelector('[data-kind=signed]:has-text("正是用这个文件核实的")');
    const metadata = name => readFileSync(join(repository, 'metadata', name));
    for (const [name, role] of [['1.root.json', 'root'], ['timestamp.json', 'timestamp'], ['1.targets.json', 'targets']]) {
      await bring(page, name, metadata(name), 'application/json');
      await page.waitForSelector(`[data-kind=signed]:has-text("${role} 元数据第")`);
    }
    // An older version, which stays in the repository for those who are fetching it.
    assert.match(await page.textContent('[data-kind=signed]'), /而是用第 2 版。targets 元数据第 1 版/);
    await bring(page, 'targets.json', Buffer.from(String(metadata('1.targets.json')).replace('edition', 'edibion')), 'application/json');
    await page.waitForSelector('[data-kind=unknown]');
    const changed = Buffer.from(target('edition-2025-10-31.hongbang'));
    changed[changed.length >> 1] ^= 1;
    await bring(page, 'edition-2025-10-31.hongbang', changed);
    await page.waitForSelector('[data-kind=unknown]');
    await bring(page, 'holiday.txt', Buffer.from('no list'));
    await page.waitForSelector('[data-kind=unknown]');
  }],

  ['an edition that the publisher does not sign is told as unsigned', { published: ['2025-10-31'] }, async ({ page, open, ready }) => {
    await open('#/verify');
    await ready();
    const dropped = readFileSync(`${DEMO}/editions/2025-03-14.hongbang`).toString('base64');
    // Dropped, not chosen.
    await page.evaluate(text => {
      const bytes = Uint8Array.from(atob(text), character => character.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([bytes], 'list.hongbang'));
      document.querySelector('.drop').dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    }, dropped);
    await page.waitForSelector('[data-kind=bare]:has-text("没有人签名的名单")');
    assert.match(await page.textContent('[data-kind=bare]'), /自称第 1 期，截至 2025年3月14日；这没有人担保/);
  }],

  ['a certificate is verified without a network', { worker: 'allow', complains: true }, async ({ page, context, server, open, ready }) => {
    const { text } = issued(aCode().code);
    await open();
    await ready();
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      if (!navigator.serviceWorker.controller) {
        await new Promise(resolve => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
      }
    });
    await page.reload();
    await ready();
    await server.stop();
    await context.setOffline(true);
    assert.equal(await ask(page, text), 'valid');
  }],
];
