// Ours: the npm package's checker on the bytes of an edition.
import init, { Checker } from 'hongbang';

export async function open({ wasm, snapshot }) {
  const { memory } = await init({ module_or_path: wasm });
  const checker = Checker.openUnverified(snapshot);
  return {
    search: (text, limit) => checker.search(text, limit).map((hit) => hit.name),
    wasmBytes: () => memory.buffer.byteLength,
  };
}
