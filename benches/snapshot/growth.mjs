// How bytes, opening time and memory grow with the number of firms: a table and a plot beside this file.
//
//   make bench-growth      node growth.mjs DEMO…     (each made by `hongbang demo`; CHROME and HONGBANG name the programs)
//
// Time and memory are those of the npm package in Chromium, signatures included: in a fresh page, later in the same page,
// and in a fresh page where the device kept what the edition decoded to. Memory is what WebAssembly holds after
// the first opening: it never gives any back, so it is the most that opening took.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { best, launch, listOf, openOurs, serve } from './chromium.mjs';

const browser = await launch();
const rows = [];
for (const demo of process.argv.slice(2)) rows.push(await measure(demo));
await browser.close();
rows.sort((a, b) => a.firms - b.firms);

const table = [
  '| firms | bytes | bytes a firm | first opening, ms | later, ms | first of kept columns, ms | memory, MiB | bytes of memory a firm |',
  '|--:|--:|--:|--:|--:|--:|--:|--:|',
  ...rows.map(({ firms, bytes, first, later, kept, memory }) => `| ${[
    firms.toLocaleString('en'), bytes.toLocaleString('en'), (bytes / firms).toFixed(1), first.toFixed(0), later.toFixed(0), kept.toFixed(0),
    (memory / 2 ** 20).toFixed(1), Math.round(memory / firms).toLocaleString('en'),
  ].join(' | ')} |`),
].join('\n');
console.log(table);
const heading = `# How a list grows\n\nMade by \`make bench-growth\` on made-up lists, Chromium ${browser.version()}. Times of a busy machine: read how they grow.\n`;
writeFileSync(join(import.meta.dirname, 'growth.md'), `${heading}\n${table}\n\n![The same as a plot](growth.svg)\n`);
writeFileSync(join(import.meta.dirname, 'growth.svg'), plot());

async function measure(demo) {
  const { files, edition } = await listOf(demo);
  const { origin, server } = await serve(files);
  const { first, later, memory } = await best(browser, origin, openOurs, { kept: false });
  const { first: kept } = await best(browser, origin, openOurs, { kept: true });
  server.close();
  return { firms: firmsOf(demo), bytes: edition.length, first, later, kept, memory };
}

function firmsOf(demo) {
  const store = mkdtempSync(join(tmpdir(), 'bench-growth-'));
  try {
    const hongbang = process.env.HONGBANG ?? 'target/release/hongbang';
    const args = ['fetch', join(demo, 'repository'), '--root', join(demo, 'root.json'), '--store', store, '--json'];
    return JSON.parse(execFileSync(hongbang, args)).firms;
  } finally {
    rmSync(store, { recursive: true });
  }
}

/** Three panels side by side, both axes logarithmic: a straight line at 45 degrees grows as the number of firms does. */
function plot() {
  const panels = [
    ['bytes', [['', (row) => row.bytes]]],
    ['milliseconds to open', [['first', (row) => row.first], ['later', (row) => row.later], ['kept', (row) => row.kept]]],
    ['bytes of memory', [['', (row) => row.memory]]],
  ];
  const parts = panels.map(([title, lines], at) => panel(title, lines, 20 + at * 300));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 920 300" font-family="sans-serif" font-size="12">\n` +
    `<rect width="920" height="300" fill="#fff"/>\n${parts.join('\n')}\n</svg>\n`;
}

function panel(title, lines, left) {
  const [width, height, top] = [220, 220, 30];
  const x = scale(rows.map((row) => row.firms), left + 45, left + 45 + width);
  const y = scale(lines.flatMap(([, value]) => rows.map(value)), top + height, top);
  const ticks = [
    ...x.ticks.map((tick) => `<path d="M${x(tick)} ${top}v${height}" stroke="#ddd"/><text x="${x(tick)}" y="${top + height + 16}" text-anchor="middle">${short(tick)}</text>`),
    ...y.ticks.map((tick) => `<path d="M${left + 45} ${y(tick)}h${width}" stroke="#ddd"/><text x="${left + 40}" y="${y(tick) + 4}" text-anchor="end">${short(tick)}</text>`),
  ];
  const drawn = lines.map(([name, value], at) => {
    const points = rows.map((row) => `${x(row.firms).toFixed(1)},${y(value(row)).toFixed(1)}`);
    const colour = ['#c2261c', '#1c5fc2', '#2a7d2e'][at];
    const [endX, endY] = points.at(-1).split(',');
    return `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>` +
      points.map((point) => `<circle cx="${point.split(',')[0]}" cy="${point.split(',')[1]}" r="3" fill="${colour}"/>`).join('') +
      `<text x="${Number(endX) + 7}" y="${Number(endY) + 4}" fill="${colour}">${name}</text>`;
  });
  return `<text x="${left + 45}" y="20" font-weight="bold">${title}</text>${ticks.join('')}${drawn.join('')}` +
    `<text x="${left + 45 + width / 2}" y="${top + height + 34}" text-anchor="middle">firms</text>`;
}

/** From values to places on a logarithmic axis between whole powers of ten. */
function scale(values, from, to) {
  const [low, high] = [Math.floor(Math.log10(Math.min(...values))), Math.ceil(Math.log10(Math.max(...values)))];
  const place = (value) => from + ((Math.log10(value) - low) / (high - low)) * (to - from);
  place.ticks = Array.from({ length: high - low + 1 }, (_, at) => 10 ** (low + at));
  return place;
}

function short(value) {
  const [unit, name] = [[1e9, 'G'], [1e6, 'M'], [1e3, 'k'], [1, '']].find(([size]) => value >= size);
  return `${value / unit}${name}`;
}
