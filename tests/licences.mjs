// Reads `cargo metadata` from standard input and refuses dependencies that are not under a permissive licence.
import { readFileSync } from 'node:fs';

const PERMISSIVE = new Set([
  '0BSD', 'Apache-2.0', 'Apache-2.0 WITH LLVM-exception', 'BSD-1-Clause', 'BSD-2-Clause', 'BSD-3-Clause', 'BSL-1.0',
  'CC0-1.0', 'CDLA-Permissive-2.0', 'ISC', 'MIT', 'MIT-0', 'Unicode-3.0', 'Unlicense', 'Zlib',
]);

const { packages, resolve } = JSON.parse(readFileSync(0, 'utf8'));
const used = new Set(resolve.nodes.map(node => node.id));
const refused = packages.filter(({ id, license }) => used.has(id) && !allows(license ?? ''));
for (const { name, version, license } of refused) console.error(`licences: ${name} ${version} is under ${license ?? 'no licence'}`);
console.log(`licences: ${used.size} packages, ${refused.length} refused`);
process.exit(refused.length ? 1 : 0);

// An SPDX expression of OR, AND and brackets; the old "/" means OR.
function allows(expression) {
  const tokens = expression.replaceAll('/', ' OR ').match(/\(|\)|[^\s()]+/g) ?? [];
  const value = any();
  return tokens.length === 0 && value;

  function any() {
    let value = all();
    while (tokens[0] === 'OR') { tokens.shift(); const next = all(); value ||= next; }
    return value;
  }
  function all() {
    let value = one();
    while (tokens[0] === 'AND') { tokens.shift(); const next = one(); value &&= next; }
    return value;
  }
  function one() {
    const token = tokens.shift();
    if (token === '(') { const value = any(); tokens.shift(); return value; }
    if (tokens[0] === 'WITH') return PERMISSIVE.has(`${token} ${tokens.splice(0, 2).join(' ')}`);
    return PERMISSIVE.has(token);
  }
}
