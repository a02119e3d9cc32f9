// What the app (src/app/browser.rs) asks of the browser in several steps: the camera, the worker, storage, files of the
// repository, sharing. Said here it takes a fifth of what it takes in the program. Nothing here knows what a list is.
'use strict';
(() => {
  // How long to wait for one file.
  const PATIENCE_MS = 60000;
  // The longest side of a picture that is looked at, in pixels: codes are large in it, and the rest is time.
  const LONGEST_SIDE = 1280;
  // The longest root that is read: src/trust/limits.rs.
  const ROOT_BYTES = 512000;

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

  // Two slots and a pointer to the one in use, changed in one transaction, so that there is always a whole record or
  // none.
  async function slots(mode) {
    const opening = indexedDB.open('hongbang', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('slots');
    const transaction = (await done(opening)).transaction('slots', mode);
    return { transaction, store: transaction.objectStore('slots') };
  }

  function done(request) {
    return new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = reject;
    });
  }

  async function load() {
    const { store } = await slots('readonly');
    return done(store.get(await done(store.get('in use'))));
  }

  async function keep(record) {
    const { transaction, store } = await slots('readwrite');
    const slot = await done(store.get('in use')) === 'a' ? 'b' : 'a';
    store.put(record, slot);
    store.put(slot, 'in use');
    return new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = transaction.onerror = reject;
    });
  }

  // The bytes of a file, of one that is longer than `limit` only somewhat more than that; nothing where there is none.
  // Fails by the status where that is neither, and by an error where no answer came.
  async function fetchFile(address, cache, limit, progress) {
    const aborter = new AbortController();
    const timer = setTimeout(() => aborter.abort(), PATIENCE_MS);
    try {
      const response = await fetch(address, { cache, signal: aborter.signal });
      if ([403, 404, 410].includes(response.status)) return undefined;
      if (!response.ok) throw String(response.status);
      const [reader, parts] = [response.body.getReader(), []];
      let received = 0;
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        parts.push(value);
        received += value.length;
        if (progress) progress(String(received));
        // Whether the server hears of it does not matter.
        if (received > limit) { reader.cancel(); break; }
      }
      return new Uint8Array(await new Blob(parts).arrayBuffer());
    } finally {
      clearTimeout(timer);
    }
  }

  // A root of the repository, by its number. The next one is there only after keys changed, and a browser reports what
  // is missing as a fault: so the newest one is looked at first, which has a name of its own. What it says of itself is
  // no more trusted than an answer that nothing is there; a repository without it is asked as any other.
  async function fetchRoot(address, ...rest) {
    const [number] = address.match(/\d+(?=\.root\.json$)/);
    const newest = await fetchFile(address.replace(`${number}.root`, 'root'), ...rest);
    const version = newest && versionOf(newest);
    if (version === Number(number)) return newest;
    return version < number ? undefined : fetchFile(address, ...rest);
  }

  function versionOf(metadata) {
    try { return JSON.parse(new TextDecoder().decode(metadata)).signed.version; } catch (error) { return undefined; }
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

  // A pause, if the page has had to wait for so long since the last one: long enough to get something done, and short
  // enough for a slow device to keep up with a finger.
  const SLICE_MS = 10;
  let since = 0;
  function pause() {
    if (performance.now() - since < SLICE_MS) return undefined;
    return otherTasks().then(() => { since = performance.now(); });
  }

  // Resolves behind whatever waits for its turn.
  function otherTasks() {
    if (window.scheduler && scheduler.yield) return scheduler.yield();
    return new Promise(resolve => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(0);
    });
  }

  // Nothing where the page is not secure, and the app has to work it out itself.
  const sha256 = bytes => (window.isSecureContext ? crypto.subtle.digest('SHA-256', bytes) : undefined);

  // What the app begins with, asked for while it is still on its way itself. Whoever asks again gets an answer of its own.
  const early = new Map([['root.json', fetchFile('root.json', 'no-cache', ROOT_BYTES)], ['kept', load()]]);
  for (const answer of early.values()) answer.catch(() => { /* told to the app when it asks */ });

  function take(name) {
    const answer = early.get(name);
    early.delete(name);
    return answer;
  }

  window.hongbang = {
    closeCamera, keep, openCamera, pause, sha256, share, torch,
    fetchFile: (address, ...rest) => take(address) || (/\d\.root\.json$/.test(address) ? fetchRoot : fetchFile)(address, ...rest),
    load: () => take('kept') || load(),
    openPhoto: file => createImageBitmap(file),
    scanner: () => new Scanner(),
  };
})();
