// Runs every test of the app in a browser, each in a world of its own. An argument runs only the tests whose name
// contains it. Closes with `N passed, N failed`.
import { launch, world } from './world.mjs';
import { tests as answers } from './answers.mjs';
import { tests as people } from './people.mjs';
import { tests as certificates } from './certificates.mjs';
import { tests as hosting } from './hosting.mjs';
import { tests as offline } from './offline.mjs';
import { tests as rest } from './rest.mjs';
import { tests as scan } from './scan.mjs';
import { tests as shelves } from './shelves.mjs';
import { tests as trust } from './trust.mjs';

const only = process.argv[2] ?? '';
const browser = await launch();
let passed = 0;
let failed = 0;

for (const [name, options, run] of [answers, certificates, hosting, people, offline, rest, scan, shelves, trust].flat()) {
  if (!name.includes(only)) continue;
  const begun = Date.now();
  const here = await world(browser, options);
  try {
    await run(here);
    if (here.complaints.length && !options.complains) throw new Error(`the console is not empty:\n${here.complaints.join('\n')}`);
    passed += 1;
    console.log(`ok      ${name} (${Date.now() - begun} ms)`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${error.stack ?? error}`);
    if (here.complaints.length) console.log(here.complaints.join('\n'));
  }
  await here.close();
}

await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);
