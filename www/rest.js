// Put at the end of wasm-bindgen's script by hooks/post_build.mjs: only there are the functions at hand that a program
// imports. Called by the app (src/app/rest.rs) for the second part of it, which comes later; again where it did not come.
const REST = '/*REST*/';
const STYLES = '/*STYLES*/';
let rest;
window.hongbang.loadRest = () => {
  rest = rest || Promise.all([fetchRest(), fetchStyles()]).catch(error => { rest = undefined; throw error; });
  return rest;
};
async function fetchRest() {
  const bytes = await window.hongbang.fetchFile(REST, 'default', 1000000);
  if (!bytes) throw new TypeError(`expected ${REST}, found nothing`);
  await WebAssembly.instantiate(bytes, { ...__wbg_get_imports(), b: wasm });
}
function fetchStyles() {
  return new Promise((resolve, reject) => {
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: STYLES, onload: resolve });
    link.onerror = event => { link.remove(); reject(event); };
    document.head.append(link);
  });
}
