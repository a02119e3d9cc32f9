// The worker that reads codes in pictures. hooks/post_build.mjs puts wasm-bindgen's script before this one and the
// name of the program into it, so that the worker is one script that needs no other.
'use strict';
const ready = wasm_bindgen({ module_or_path: new URL('/*SCANNER*/', self.location.href).href });

// Each picture is answered by the texts found in it. A program that trapped is answered by nothing and not used again.
self.addEventListener('message', async ({ data: { pixels, width, height } }) => {
  try {
    await ready;
    self.postMessage(wasm_bindgen.scan(new Uint8Array(pixels), width, height));
  } catch (error) {
    self.postMessage(null);
  }
});
