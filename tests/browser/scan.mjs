// A code in a photo or before the camera, and what comes of it.
import assert from 'node:assert/strict';
import { aFirm } from './answers.mjs';

const LEFT = ['0001101', '0011001', '0010011', '0111101', '0100011', '0110001', '0101111', '0111011', '0110111', '0001011'];
const PARITY = ['LLLLLL', 'LLGLGG', 'LLGGLG', 'LLGGGL', 'LGLLGG', 'LGGLLG', 'LGGGLL', 'LGLGLG', 'LGLGGL', 'LGGLGL'];
const flip = bits => [...bits].map(bit => (bit === '1' ? '0' : '1')).join('');
const turn = bits => [...bits].reverse().join('');

// The modules of an EAN-13, dark ones as 1, with quiet zones.
export function ean13(digits) {
  const half = [...digits.slice(1, 7)].map((digit, place) => (PARITY[digits[0]][place] === 'L' ? LEFT[digit] : turn(flip(LEFT[digit]))));
  const other = [...digits.slice(7)].map(digit => flip(LEFT[digit]));
  return `${'0'.repeat(11)}101${half.join('')}01010${other.join('')}101${'0'.repeat(11)}`;
}

// A picture in the simplest format that browsers read: 24-bit BMP, of a barcode of these modules, upright or lying.
function bmp(modules, { scale = 4, height = 240, lying = false } = {}) {
  const long = modules.length * scale;
  const [width, rows] = lying ? [height, long] : [long, height];
  const stride = Math.ceil(width * 3 / 4) * 4;
  const file = Buffer.alloc(54 + stride * rows, 255);
  file.write('BM');
  file.writeUInt32LE(file.length, 2);
  file.fill(0, 6, 54);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(rows, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  for (let y = 0; y < rows; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const dark = modules[Math.floor((lying ? y : x) / scale)] === '1';
      if (dark) file.fill(20, 54 + y * stride + x * 3, 54 + y * stride + x * 3 + 3);
    }
  }
  return file;
}

const photo = (page, buffer) => page.setInputFiles('#scan-photo', { name: 'photo.bmp', mimeType: 'image/bmp', buffer });

// A drawn barcode, once `barcode` is set, as the camera's picture: by the browser's own way to make a stream of a canvas.
const draw = page => page.evaluate(modules => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });
  const context = canvas.getContext('2d');
  globalThis.barcode = false;
  globalThis.streams = [];
  setInterval(() => {
    context.fillStyle = '#ddd';
    context.fillRect(0, 0, 640, 480);
    context.fillStyle = '#222';
    if (globalThis.barcode) [...modules].forEach((bit, place) => { if (bit === '1') context.fillRect(60 + place * 4, 100, 4, 260); });
  }, 50);
  navigator.mediaDevices.getUserMedia = async () => {
    globalThis.streams.push(canvas.captureStream(20));
    return globalThis.streams.at(-1);
  };
}, ean13('6921168509256'));

export const tests = [
  ['a barcode in a photo is read by our own reader and looked up', {}, async ({ page, server, open, ready }) => {
    await open();
    await ready();
    assert.equal(server.requests.filter(path => path.includes('scanner')).length, 0, 'nothing of the scanner before a scan');
    await page.click('.scan-link');
    assert.equal(await page.textContent('h1'), '扫一扫');
    for (const lying of [false, true]) {
      await photo(page, bmp(ean13('6921168509256'), { lying }));
      await page.waitForSelector('.verdict');
      assert.match(page.url(), /#\/firm\/6921168509256$/);
      assert.match(await page.textContent('h1'), /名单里没有这个条码/);
      await page.goBack();
      await page.waitForSelector('#scan-photo', { state: 'attached' });
    }
    assert.ok(server.requests.some(path => /\/scanner-[0-9a-f]{16}\.wasm$/.test(path)));
  }],

  ['a photo without a code says so, and what is no photo too', {}, async ({ page, open, ready }) => {
    await open('#/scan');
    await ready();
    await photo(page, bmp('0'.repeat(100)));
    await page.waitForSelector('.scan-told:has-text("照片里没有找到二维码或条码")');
    await photo(page, Buffer.from('not a picture'));
    await page.waitForSelector('.scan-told:has-text("打不开这张照片")');
  }],

  ['a scanner that cannot be had is told, and typing is offered', { complains: true }, async ({ page, server, open, ready }) => {
    await open('#/scan');
    await ready();
    server.fail(/scanner-/);
    await photo(page, bmp(ean13('6921168509256')));
    await page.waitForSelector('.scan-told:has-text("识别程序没有打开")');
    server.relent();
    await photo(page, bmp(ean13('6921168509256')));
    await page.waitForSelector('.verdict');
  }],

  ['the browser’s own reader is used where there is one, and nothing is fetched', {}, async ({ page, server, open, ready }) => {
    await page.addInitScript(() => {
      globalThis.BarcodeDetector = class {
        static async getSupportedFormats() { return ['qr_code', 'ean_13']; }
        async detect() { return [{ rawValue: globalThis.says }]; }
      };
    });
    await open();
    await ready();
    const { name, code } = await aFirm(page);
    const say = async text => {
      await page.evaluate(text => { location.hash = '#/scan'; globalThis.says = text; }, text);
      await page.waitForSelector('#scan-photo', { state: 'attached' });
      await photo(page, bmp('0'.repeat(40)));
    };
    await say(`https://example.gov.cn/x.aspx?rid=1&cid=${code}`);
    await page.waitForSelector('.verdict');
    assert.equal(await page.textContent('.verdict h1'), name);
    await say('https://www.gsxt.gov.cn/?uuid=1f0a');
    await page.waitForSelector('.scan-told:has-text("没有可读的代码")');
    await say('https://example.com/<b>shop</b>');
    await page.waitForSelector('.scan-told:has-text("读到了这段文字")');
    assert.equal(await page.textContent('.scan-told .asked'), 'https://example.com/<b>shop</b>');
    assert.equal(await page.locator('.scan-told a[href^=http]').count(), 0, 'no link is made');
    await say(`委托方 ${code} 受托方 91440606003663344C`);
    await page.waitForSelector('.scan-told:has-text("请选择要查的企业")');
    assert.equal(await page.locator('.scan-told .row').count(), 2);
    assert.equal(server.requests.filter(path => path.includes('scanner')).length, 0);
  }],

  ['a camera that is refused is told', {}, async ({ page, open, ready }) => {
    await open('#/scan');
    await ready();
    await page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('no', 'NotAllowedError'); };
    });
    await page.click('#scan-camera');
    await page.waitForSelector('.scan-told:has-text("摄像头没有得到允许")');
    await page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('none', 'NotFoundError'); };
    });
    await page.click('#scan-camera');
    await page.waitForSelector('.scan-told:has-text("没有可用的摄像头")');
  }],

  ['what the camera sees is read, and the camera stops on leaving', { permissions: ['camera'] }, async ({ page, open, ready }) => {
    await open('#/scan');
    await ready();
    await draw(page);
    const isLive = () => page.evaluate(() => globalThis.streams.at(-1).getTracks().some(track => track.readyState === 'live'));
    await page.click('#scan-camera');
    await page.waitForSelector('.viewfinder:not([hidden])');
    assert.ok(await isLive());
    await page.evaluate(() => { location.hash = '#/'; });
    await page.waitForFunction(() => globalThis.streams.every(stream => stream.getTracks().every(track => track.readyState === 'ended')));
    await page.evaluate(() => { location.hash = '#/scan'; globalThis.barcode = true; });
    await page.click('#scan-camera');
    await page.waitForSelector('.verdict');
    assert.match(page.url(), /#\/firm\/6921168509256$/);
    await page.waitForFunction(() => globalThis.streams.every(stream => stream.getTracks().every(track => track.readyState === 'ended')));
  }],

  ['a photo does not disturb the camera, and a second press ends it', { permissions: ['camera'] }, async ({ page, open, ready }) => {
    await open('#/scan');
    await ready();
    await draw(page);
    assert.equal(await page.innerText('#scan-camera'), '打开摄像头');
    await page.click('#scan-camera');
    await page.waitForSelector('.viewfinder:not([hidden])');
    assert.equal(await page.innerText('#scan-camera'), '关闭摄像头');
    await page.click('#scan-camera');
    await page.waitForSelector('.viewfinder', { state: 'hidden' });
    const areEnded = () => globalThis.streams.every(stream => stream.getTracks().every(track => track.readyState === 'ended'));
    await page.waitForFunction(areEnded);
    await page.click('#scan-camera');
    await page.waitForSelector('.viewfinder:not([hidden])');
    await photo(page, bmp('0'.repeat(100)));
    await page.waitForSelector('.scan-told:has-text("照片里没有找到二维码或条码")');
    await page.evaluate(() => { globalThis.barcode = true; });
    await page.waitForSelector('.verdict');
    assert.equal(await page.evaluate(() => globalThis.streams.length), 2);
    await page.waitForFunction(areEnded);
  }],

  ['the torch is offered where the camera has one, and goes out with it', { permissions: ['camera'] }, async ({ page, open, ready }) => {
    await open('#/scan');
    await ready();
    await draw(page);
    await page.click('#scan-camera');
    await page.waitForSelector('.viewfinder:not([hidden])');
    assert.equal(await page.locator('#torch').count(), 0, 'this camera has none');
    await page.click('#scan-camera');
    await page.waitForSelector('.viewfinder', { state: 'hidden' });
    await page.evaluate(() => {
      globalThis.wishes = [];
      MediaStreamTrack.prototype.getCapabilities = () => ({ torch: true });
      MediaStreamTrack.prototype.applyConstraints = async ({ advanced: [{ torch }] }) => { globalThis.wishes.push(torch); };
    });
    await page.click('#scan-camera');
    await page.focus('#torch');
    await page.keyboard.press('Enter');
    assert.equal(await page.innerText('#torch'), '关闭手电');
    await page.keyboard.press('Enter');
    assert.equal(await page.innerText('#torch'), '打开手电');
    assert.deepEqual(await page.evaluate(() => globalThis.wishes), [true, false]);
    await page.click('#scan-camera');
    await page.waitForSelector('.viewfinder', { state: 'hidden' });
    assert.equal(await page.locator('#torch').count(), 0);
    await page.waitForFunction(() => globalThis.streams.every(stream => stream.getTracks().every(track => track.readyState === 'ended')));
  }],

  ['WeChat’s own scanner is used where its host has signed for that, and nowhere else', {}, async ({ page, server, open, ready }) => {
    const wechat = () => {
      globalThis.wx = {
        config(config) { globalThis.configured = config; },
        ready(then) { then(); },
        scanQRCode({ success }) { success({ resultStr: 'EAN_13,6921168509256' }); },
      };
    };
    await page.addInitScript(wechat);
    await open('#/scan');
    await ready();
    assert.equal(await page.locator('#scan-wechat').count(), 0, 'without a signed config nothing is offered');
    server.change(/^\/(index\.html)?$/, bytes => Buffer.from(bytes.toString().replace('<title>',
      `<meta name="hongbang-wechat" content='{"appId":"wx0","timestamp":1,"nonceStr":"n","signature":"s"}'><title>`)));
    await page.goto('about:blank');
    await open('#/scan');
    await ready();
    await page.reload();
    await page.click('#scan-wechat');
    await page.waitForSelector('.verdict');
    assert.match(page.url(), /#\/firm\/6921168509256$/);
    assert.deepEqual(await page.evaluate(() => globalThis.configured), { appId: 'wx0', timestamp: 1, nonceStr: 'n', signature: 's', jsApiList: ['scanQRCode'] });
  }],

  ['where the browser reads codes itself, no frame is read twice', { permissions: ['camera'] }, async ({ page, server, open, ready }) => {
    await page.addInitScript(() => {
      globalThis.looks = 0;
      globalThis.BarcodeDetector = class {
        static async getSupportedFormats() { return ['qr_code', 'ean_13']; }
        async detect() { globalThis.looks += 1; return []; }
      };
    });
    await open('#/scan');
    await ready();
    await draw(page);
    await page.click('#scan-camera');
    await page.waitForFunction(() => globalThis.looks >= 3);
    assert.equal(server.requests.filter(path => path.includes('scanner')).length, 0);
  }],
];
