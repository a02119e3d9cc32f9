// Put at the end of wasm-bindgen's script by hooks/post_build.mjs: only there are the functions at hand that a program
// imports. Called by the app (src/app/rest.rs) for the second part of it, which comes later; again where it did not come.
const once = fetchIt => {
  let coming;
  return () => {
    coming = coming || fetchIt().catch(error => { coming = undefined; throw error; });
    return coming;
  };
};
const fetchRest = once(async () => {
  const bytes = await window.hongbang.fetchFile('/*REST*/', 'default', 1000000);
  await WebAssembly.instantiate(bytes || [], { ...__wbg_get_imports(), b: wasm });
});
const fetchStyles = once(() => new Promise((resolve, reject) => {
  const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: '/*STYLES*/', onload: resolve });
  link.onerror = event => { link.remove(); reject(event); };
  document.head.append(link);
}));
window.hongbang.loadRest = () => {
  // What is kept for offline use is fetched after it (boot.js).
  const settled = () => dispatchEvent(new Event('hongbang:settled'));
  const both = Promise.all([fetchRest(), fetchStyles()]);
  both.then(settled, settled);
  return both;
};
