// Put at the end of wasm-bindgen's script by hooks/post_build.mjs: only there are the functions at hand that a program
// imports. Called by the app (src/app/rest.rs) for the second part of it, which comes later; again where it did not come.
const REST = '/*REST*/';
let rest;
async function fetchRest() {
  const bytes = await window.hongbang.fetchFile(REST, 'default', 1000000);
  if (!bytes) throw new TypeError(`expected ${REST}, found nothing`);
  await WebAssembly.instantiate(bytes, { ...__wbg_get_imports(), b: wasm });
}
window.hongbang.loadRest = () => {
  rest = rest || fetchRest().catch(error => { rest = undefined; throw error; });
  return rest;
};
