// Put at the end of wasm-bindgen's script by hooks/post_build.mjs, in place of its ways to start: only there are the
// functions at hand that a program imports.

// Called by the page. browser.js fetched and compiled the program already.
export default async () => {
  const instance = await WebAssembly.instantiate(await window.hongbang.program, __wbg_get_imports());
  return __wbg_finalize_init(instance);
};

// Called by the app (src/app/rest.rs) for the second part of it, which comes later; again where it did not come.
const once = fetchIt => {
  let coming;
  return () => {
    coming = coming || fetchIt().catch(error => { coming = undefined; throw error; });
    return coming;
  };
};
// A browser does not fetch a script again that did not come, unless its address is another.
let attempts = 0;
const fetchRest = once(async () => {
  const script = import('./' + '/*LATER*/' + (attempts ? `?${attempts}` : ''));
  attempts += 1;
  const [bytes, later] = await Promise.all([window.hongbang.fetchFile('/*REST*/', 'default', 1000000), script]);
  const { a } = __wbg_get_imports();
  await WebAssembly.instantiate(bytes || [], { a: { ...a, ...later.default(/*HELPERS*/) }, b: wasm });
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
