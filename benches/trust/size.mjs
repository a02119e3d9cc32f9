// The bytes of a TUF client that the library gives a browser: program and the script around it, after brotli.
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';

const BUDGET = 36 * 1024;
const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };
const sizes = process.argv.slice(2).map(path => {
  const bytes = readFileSync(path);
  const brotli = brotliCompressSync(bytes, { params }).length;
  console.log(`${String(bytes.length).padStart(10)} ${String(brotli).padStart(10)}  ${path}`);
  return brotli;
});
const total = sizes.reduce((sum, size) => sum + size, 0);
console.log(`budget ${BUDGET} bytes for the trust core, found ${total}: ${total <= BUDGET ? 'kept' : 'over budget'}`);
process.exit(total <= BUDGET && sizes.length === 2 ? 0 : 1);
