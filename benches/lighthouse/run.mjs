// What Lighthouse says of a first visit with a phone on a slow network (its preset for phones), served by
// `hongbang serve`: medians of three runs, each in a new profile, against the budgets of DESIGN.
//
//   make lighthouse        node run.mjs DIST     (CHROME, HONGBANG)
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { serving } from '../../tests/browser/serving.mjs';

const RUNS = 3;
const BUDGETS = { performance: 95, accessibility: 100, 'best-practices': 100 };
const TIMES = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'speed-index', 'cumulative-layout-shift'];

const [dist = 'dist'] = process.argv.slice(2);
const reports = [];
await serving(dist, async origin => {
  for (let run = 0; run < RUNS; run += 1) reports.push(await visit(`${origin}/`));
});

let kept = true;
for (const [category, budget] of Object.entries(BUDGETS)) {
  const score = Math.round(100 * median(reports.map(report => report.categories[category].score)));
  kept &&= score >= budget;
  console.log(`${category}: ${score}, budget ${budget}${score < budget ? ': below budget' : ''}`);
}
for (const time of TIMES) console.log(`${time}: ${median(reports.map(report => report.audits[time].numericValue)).toFixed(time.startsWith('cumulative') ? 3 : 0)}`);
for (const [id, title] of faults(reports[0])) console.log(`not passed: ${id} (${title})`);
process.exitCode = kept ? 0 : 1;

async function visit(address) {
  const chrome = await launch({ chromePath: process.env.CHROME, chromeFlags: ['--headless', '--no-sandbox', '--disable-gpu'], logLevel: 'error' });
  try {
    const { lhr } = await lighthouse(address, { port: chrome.port, onlyCategories: Object.keys(BUDGETS), logLevel: 'error' });
    if (lhr.runtimeError) throw new Error(`expected a report, found ${lhr.runtimeError.message}`);
    return lhr;
  } finally {
    await chrome.kill();
  }
}

// What counts and did not pass, but for times.
function faults({ categories, audits }) {
  const counted = Object.values(categories).flatMap(({ auditRefs }) => auditRefs).filter(({ weight }) => weight > 0);
  return counted.filter(({ id }) => !TIMES.includes(id) && audits[id].score !== null && audits[id].score < 1)
    .map(({ id }) => [id, audits[id].title]);
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
}
