// How fast the app is on a slow device: processor slowed down four times, everything in the browser's caches. Prints the
// time from navigation to the first answered search, and every task over 50 ms after that, while a reader searches, opens
// a firm, browses the list. Times depend on the machine, so this measures and judges nothing.
import { launch, world } from './world.mjs';

const RUNS = 7;
const browser = await launch();
const here = await world(browser, { worker: 'allow' });
const { page, open, ready } = here;
await open();
await ready();
await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
const session = await page.context().newCDPSession(page);
await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
await page.addInitScript(() => {
  globalThis.tasks = [];
  new PerformanceObserver(list => globalThis.tasks.push(...list.getEntries().map(({ startTime, duration }) => ({ startTime, duration }))))
    .observe({ type: 'longtask', buffered: true });
  // Whoever is quick has typed before the list is open, and is answered when it is.
  const look = () => {
    const query = document.querySelector('#query');
    if (query && !globalThis.asked) {
      globalThis.asked = performance.now();
      query.value = '佛山';
      query.dispatchEvent(new Event('input', { bubbles: true }));
    }
    if (document.querySelector('#options li')) {
      globalThis.answered = performance.now();
      watch.disconnect();
    }
  };
  const watch = new MutationObserver(look);
  watch.observe(document, { childList: true, subtree: true });
});
const times = [];
const after = [];
for (let run = 0; run < RUNS; run += 1) {
  await page.reload();
  await page.waitForFunction(() => globalThis.answered);
  times.push(await page.evaluate(() => globalThis.answered));
  const steps = {};
  const mark = async (name, act) => {
    const from = await page.evaluate(() => performance.now());
    await act();
    await page.waitForTimeout(400);
    const tasks = await page.evaluate(from => globalThis.tasks.filter(task => task.startTime >= from), from);
    if (tasks.length) steps[name] = tasks.map(task => Math.round(task.duration));
  };
  await mark('idle', async () => {});
  await mark('type', async () => { await page.fill('#query', ''); await page.type('#query', '照明电器'); });
  await mark('firm', () => page.press('#query', 'Enter').then(() => page.waitForSelector('.verdict')));
  await mark('list', async () => { await page.evaluate(() => { location.hash = '#/list'; }); await page.waitForSelector('#classes'); });
  await mark('class', async () => { await page.click('#classes .bar-row'); });
  await mark('about', async () => { await page.evaluate(() => { location.hash = '#/about'; }); await page.waitForSelector('#verification'); });
  await mark('home', async () => { await page.evaluate(() => { location.hash = '#/'; }); await page.waitForSelector('#query'); });
  after.push(steps);
}
times.sort((a, b) => a - b);
console.log(`navigation to first answered search, 4x slower processor, ms: ${times.map(Math.round).join(' ')} (median ${Math.round(times[RUNS >> 1])})`);
for (const steps of after) console.log('tasks over 50 ms after it:', JSON.stringify(steps));
await here.close();
await browser.close();
