// The peer in JavaScript: one loop over typed arrays. Prints the seconds of the best pass and the firms in the tiers
// of 10, 5 and 3 years.  node rule.mjs FOLDER READING AS_OF PASSES
import { readFileSync } from 'node:fs';

const [folder, reading, asOfText, passes] = process.argv.slice(2);
const asOf = Number(asOfText);
const column = (Type, name) => {
  const file = readFileSync(`${folder}/${name}`);
  return new Type(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength));
};
const firsts = column(Uint32Array, 'firsts.u32');
const days = column(Int32Array, 'days.i32');
const failures = column(Uint8Array, 'failures.u8');

// Years and anniversaries by tables over the days that occur.
const base = 10000;
const civil = (day) => new Date(day * 864e5);
const yearOf = new Int16Array(20000).map((_, i) => civil(base + i).getUTCFullYear());
const dayOfYear = new Int16Array(20000).map((_, i) => {
  const date = civil(base + i);
  return (date.getUTCMonth() + 1) * 32 + date.getUTCDate();
});
const isLeap = (year) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
function yearsBetween(start, end) {
  const endYear = yearOf[end - base];
  let anniversary = dayOfYear[start - base];
  if (anniversary === 2 * 32 + 29 && !isLeap(endYear)) anniversary -= 1;
  return endYear - yearOf[start - base] - (dayOfYear[end - base] < anniversary ? 1 : 0);
}

function streakYears(from, to) {
  let i = to - 1;
  while (i >= from && failures[i] === 0) i -= 1;
  let first = i + 1;
  if (i >= from) {
    const failed = days[i];
    if (reading === 'elapsed' || reading === 'spanned') while (first < to && days[first] <= failed) first += 1;
    else while (first < to && yearOf[days[first] - base] <= yearOf[failed - base]) first += 1;
  }
  if (first >= to) return -1;
  if (reading === 'elapsed') return yearsBetween(days[first], asOf);
  if (reading === 'spanned') return yearsBetween(days[first], days[to - 1]);
  if (reading === 'distinct-years') {
    let years = 0, year = 0;
    for (let j = first; j < to; j += 1) {
      const y = yearOf[days[j] - base];
      if (y !== year) { years += 1; year = y; }
    }
    return years;
  }
  let year = yearOf[days[to - 1] - base];
  if (year + 1 < yearOf[asOf - base]) return -1;
  let years = 1;
  for (let j = to - 2; j >= first; j -= 1) {
    const y = yearOf[days[j] - base];
    if (y + 1 < year) break;
    if (y !== year) { years += 1; year = y; }
  }
  return years;
}

let best = Infinity, tiers;
for (let pass = 0; pass < Number(passes); pass += 1) {
  const start = performance.now();
  tiers = [0, 0, 0];
  for (let firm = 0; firm + 1 < firsts.length; firm += 1) {
    const years = streakYears(firsts[firm], firsts[firm + 1]);
    if (years >= 10) tiers[0] += 1;
    else if (years >= 5) tiers[1] += 1;
    else if (years >= 3) tiers[2] += 1;
  }
  best = Math.min(best, (performance.now() - start) / 1000);
}
console.log(best, ...tiers);
