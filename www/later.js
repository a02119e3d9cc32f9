// What the rest of the program asks of the browser (src/app/browser.rs): the camera, the worker, sharing. It comes with
// the rest; hooks/post_build.mjs adds the functions that only the rest imports and puts the name of the file into rest.js.
// The longest side of a picture that is looked at, in pixels: codes are large in it, and the rest is time.
const LONGEST_SIDE = 1280;

// Does one task after the other. Whatever goes wrong ends the worker: a program that trapped is not asked again.
class Scanner {
  // The texts of the codes in a picture: by the browser's own reader where it knows both kinds, else by the worker.
  async read(picture) {
    const found = await detect(picture).catch(() => undefined);
    if (found) return found;
    const message = pixels(picture);
    return this.ask(message, [message.pixels]);
  }

  certificate(text, keys) { return this.ask({ task: 'certificate', text, keys }); }

  qr(text) { return this.ask({ task: 'qr', text }); }

  async ask(message, given = []) {
    try {
      const worker = this.worker = this.worker || startScanner();
      return await new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => (data ? resolve(data) : reject());
        worker.onerror = reject;
        worker.postMessage(message, given);
      });
    } catch (error) {
      this.stop();
      throw error;
    }
  }

  stop() {
    if (this.worker) this.worker.terminate();
    this.worker = undefined;
  }
}

async function detect(picture) {
  const supported = await BarcodeDetector.getSupportedFormats();
  if (!supported.includes('qr_code') || !supported.includes('ean_13')) return undefined;
  const formats = ['qr_code', 'ean_13', 'ean_8', 'upc_a'].filter(format => supported.includes(format));
  return (await new BarcodeDetector({ formats }).detect(picture)).map(code => code.rawValue);
}

// The pixels of a picture that the camera shows or that was opened, four bytes each.
function pixels(picture) {
  const [wide, high] = [picture.videoWidth || picture.width, picture.videoHeight || picture.height];
  const scale = Math.min(1, LONGEST_SIDE / Math.max(wide, high));
  const [width, height] = [wide, high].map(side => Math.max(1, Math.floor(side * scale)));
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d');
  context.drawImage(picture, 0, 0, width, height);
  return { task: 'scan', pixels: context.getImageData(0, 0, width, height).data.buffer, width, height };
}

// Shows in `video` what the camera at the back of the device sees. Fails by a word that says why there is no picture.
async function openCamera(video) {
  if (!isSecureContext) throw 'insecure';
  const wishes = { facingMode: { ideal: 'environment' }, width: { ideal: 1280 } };
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: wishes });
    video.srcObject = stream;
    await video.play();
    return stream;
  } catch (error) {
    if (stream) closeCamera(stream);
    throw error && error.name === 'NotAllowedError' ? 'refused' : 'missing';
  }
}

function closeCamera(stream) {
  stream.getTracks().forEach(track => track.stop());
}

// What switches the torch of a camera, where it has one. It does not keep the camera on.
function torch(stream) {
  const [track] = stream.getVideoTracks();
  const has = track && track.getCapabilities && track.getCapabilities().torch;
  // A device that refuses leaves its torch as it is.
  return has ? on => track.applyConstraints({ advanced: [{ torch: on }] }).catch(() => {}) : undefined;
}

// Hands text and address to the system where it takes them, else to the clipboard; says whether they were copied.
async function share(text, url) {
  if (!navigator.share) {
    await navigator.clipboard.writeText(`${text} ${url}`);
    return true;
  }
  // The reader may change their mind, which the browser reports as a failure.
  await navigator.share({ text, url }).catch(() => {});
  return false;
}

Object.assign(window.hongbang, {
  closeCamera, openCamera, share, torch,
  openPhoto: file => createImageBitmap(file),
  scanner: () => new Scanner(),
});
