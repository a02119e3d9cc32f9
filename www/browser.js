// What the app (src/app/browser.rs) asks of the browser in several steps: elements, storage, files of the repository.
// Said here it takes a fifth of what it takes in the program. Nothing here knows what a list is; later.js has what only
// the rest of the program asks for.
'use strict';
(() => {
  // How long to wait for one file.
  const PATIENCE_MS = 60000;
  // The longest root that is read: src/trust/limits.rs.
  const ROOT_BYTES = 512000;

  // Two slots and a pointer to the one in use, changed in one transaction, so that there is always a whole record or
  // none. What the list in use decodes to is ten times as long as the list and stands apart, so that it is read once.
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
    // Both, since to ask for one after the pointer came costs another turn of a page that is busy starting.
    const [inUse, a, b, columns] = await Promise.all(['in use', 'a', 'b', 'columns'].map(key => done(store.get(key))));
    const record = { a, b }[inUse];
    // Hashed here, while the program is on its way.
    const hash = columns && await sha256(columns);
    return record && { ...record, columns, columnsHash: hash && new Uint8Array(hash) };
  }

  async function keep({ columns, ...record }) {
    const { transaction, store } = await slots('readwrite');
    const slot = await done(store.get('in use')) === 'a' ? 'b' : 'a';
    store.put(record, slot);
    store.put(slot, 'in use');
    if (columns) store.put(columns, 'columns');
    else store.delete('columns');
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
      // A blob would do the same, and take longer than all before.
      const bytes = new Uint8Array(received);
      let at = 0;
      for (const part of parts) {
        bytes.set(part, at);
        at += part.length;
      }
      return bytes;
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

  // An element by its tag and class names, as in a selector: section.panel.narrow.
  function element(selector) {
    const [tag, ...classes] = selector.split('.');
    const made = document.createElement(tag);
    if (classes.length) made.className = classes.join(' ');
    return made;
  }

  function svg(tag, attributes) {
    const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [name, value] of Object.entries(attributes || {})) made.setAttribute(name, value);
    return made;
  }

  // A picture of one path in a square of 24 that screen readers pass over.
  function icon(path) {
    const made = svg('svg', { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': true, focusable: false });
    made.append(svg('path', { d: path }));
    return made;
  }

  // Nothing where the page is not secure, and the app has to work it out itself.
  const sha256 = bytes => (window.isSecureContext ? crypto.subtle.digest('SHA-256', bytes) : undefined);

  // What the app begins with, asked for while it is still on its way itself. Whoever asks again gets an answer of its own.
  // The kept list first: it is what takes longest to come.
  const early = new Map([['kept', load()], ['root.json', fetchFile('root.json', 'no-cache', ROOT_BYTES)]]);
  for (const answer of early.values()) answer.catch(() => { /* told to the app when it asks */ });

  function take(name) {
    const answer = early.get(name);
    early.delete(name);
    return answer;
  }

  // The program, compiled while its script is on its way; in one piece where a server does not say that it is one.
  const fetchProgram = () => fetch('/*PROGRAM*/');
  const whole = () => fetchProgram().then(response => response.arrayBuffer()).then(WebAssembly.compile);

  window.hongbang = {
    element, icon, keep, otherTasks, pause, sha256, svg,
    fetchFile: (address, ...rest) => take(address) || (/\d\.root\.json$/.test(address) ? fetchRoot : fetchFile)(address, ...rest),
    load: () => take('kept') || load(),
    program: WebAssembly.compileStreaming ? WebAssembly.compileStreaming(fetchProgram()).catch(whole) : whole(),
  };
})();
