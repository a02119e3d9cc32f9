// The worker that reads codes in pictures and certificates, and draws QR codes. hooks/post_build.mjs puts wasm-bindgen's
// script before this one and the name of the program into it, so that the worker is one script that needs no other.
'use strict';
const ready = wasm_bindgen({ module_or_path: new URL('/*SCANNER*/', self.location.href).href });

const tasks = {
  scan: ({ pixels, width, height }) => wasm_bindgen.scan(new Uint8Array(pixels), width, height),
  certificate: ({ text, keys }) => wasm_bindgen.certificate(text, keys),
  qr: ({ text }) => wasm_bindgen.qr(text),
};

// Each task is answered by what it gives. A program that trapped is answered by nothing and not used again.
self.addEventListener('message', async ({ data }) => {
  try {
    await ready;
    self.postMessage(tasks[data.task](data));
  } catch (error) {
    self.postMessage(null);
  }
});
