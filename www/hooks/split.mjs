// Takes a program apart: `first` is what is needed until the first search is answered, `rest` is what is reached only
// through the doors (src/app/doors.rs). Both are text, as wasm-dis writes it, of modules that share memory and table.
//
// Where the first part calls a door, it calls whatever stands in a slot of the table; the rest fills the slots of its
// functions when it is instantiated. The data of both lie in the first part.
//
//   split(text, { doors, owned })       two patterns of names: the doors, and the modules that are the rest's own
//
// What only a table leads to (closures, futures, what drops them) is the rest's if its name says so; everything else
// counts as called from the first part. The names must be true: see -Zmerge-functions in the Makefile.

const NAME = String.raw`\$(?:"(?:[^"\\]|\\.)*"|[^\s()"]+)`;
const USES = new RegExp(String.raw`\((?:call|return_call|ref\.func|global\.get|global\.set|table\.\w+|call_indirect) (${NAME})`, 'g');
const SEGMENT = new RegExp(String.raw`^ \(elem ${NAME} \(table (${NAME})\) \(i32\.const (\d+)\) func((?: ${NAME})+)\)$`);

export class SplitError extends Error {}

export function split(text, { doors, owned }) {
  const module = read(text);
  const needed = reach(module, doors, owned);
  const isLater = name => module.functions.has(name) && !needed.has(name);
  const entered = [...needed].flatMap(name => usesOf(module, name)).filter(name => doors.test(plain(name)));
  const doorsUsed = [...new Set(entered)];
  expect(doorsUsed.length, 'expected doors that the first part calls, found none');
  const slots = new Map([...module.slots].filter(([, name]) => isLater(name)));
  let { size } = module.table;
  const slotOfDoor = new Map(doorsUsed.map(door => [door, size++]));
  slotOfDoor.forEach((slot, door) => slots.set(slot, door));
  const later = [...module.functions.keys()].filter(isLater);
  const shared = [...new Set(later.flatMap(name => usesOf(module, name)))].filter(name => !isLater(name));
  return {
    first: firstPart(module, { isLater, slotOfDoor, size, shared }),
    rest: restPart(module, { later, shared, slots, size }),
    later,
  };
}

// The forms of a module and what the functions among them use.
function read(text) {
  const forms = text.slice(0, text.lastIndexOf(')')).split(/\n(?= \()/).slice(1).map(form => form.trimEnd());
  const named = kind => new Map(forms.flatMap(form => {
    const name = form.match(new RegExp(String.raw`^ \(${kind} (${NAME})`))?.[1];
    return name ? [[name, form]] : [];
  }));
  const imports = new Map(forms.flatMap(form => {
    const name = form.match(new RegExp(String.raw`^ \(import "[^"]*" "[^"]*" \(func (${NAME})`))?.[1];
    return name ? [[name, form]] : [];
  }));
  const functions = named('func');
  const segments = forms.filter(form => form.startsWith(' (elem'));
  expect(segments.length === 1, `expected one segment of elements, found ${segments.length}`);
  const [, tableName, offset, elements] = segments[0].match(SEGMENT) ?? expect(false, 'expected a segment of functions at a place that is known');
  const tables = named('table');
  const size = Number(tables.get(tableName).match(/ (\d+) (\d+) funcref\)$/)?.[2]);
  expect(size, `expected a table of a known size, found ${tables.get(tableName)}`);
  const slots = new Map([...elements.matchAll(new RegExp(NAME, 'g'))].map(([name], place) => [Number(offset) + place, name]));
  return { forms, functions, imports, globals: named('global'), tables, slots, table: { name: tableName, size } };
}

function usesOf(module, name) {
  module.uses ??= new Map();
  if (!module.uses.has(name)) {
    const form = module.functions.get(name) ?? '';
    module.uses.set(name, [...new Set([...form.matchAll(USES)].map(([, used]) => used))]);
  }
  return module.uses.get(name);
}

// The functions that the first part needs.
function reach({ forms, functions, slots, ...module }, doors, owned) {
  const isOwned = name => owned.test(plain(name)) || doors.test(plain(name));
  const exported = forms.flatMap(form => form.match(new RegExp(String.raw`^ \((?:export "[^"]*" \(func|start) (${NAME})`))?.[1] ?? []);
  const roots = [...exported, ...[...slots.values()].filter(name => !isOwned(name))];
  const needed = new Map(roots.map(name => [name, undefined]));
  for (const name of needed.keys()) {
    for (const used of usesOf({ functions, ...module }, name)) {
      if (!functions.has(used) || doors.test(plain(used)) || needed.has(used)) continue;
      needed.set(used, name);
      expect(!isOwned(used), `expected the way into the rest to be a door, found ${way(needed, used)}`);
    }
  }
  return new Set(needed.keys());
}

function way(needed, name) {
  const names = [];
  for (let at = name; at; at = needed.get(at)) names.unshift(plain(at));
  return names.join(' → ');
}

function firstPart(module, { isLater, slotOfDoor, size, shared }) {
  const { name: table } = module.table;
  const kept = module.forms.flatMap(form => {
    const name = form.match(new RegExp(String.raw`^ \((?:func|table) (${NAME})`))?.[1];
    if (form.startsWith(' (elem')) return segments(table, new Map([...module.slots].filter(([, name]) => !isLater(name))));
    if (name === table) return tableOf(size, table, form);
    if (slotOfDoor.has(name)) return stub(form, table, slotOfDoor.get(name));
    return isLater(name) ? [] : form;
  });
  const exports = shared.filter(name => !module.imports.has(name)).map((name, place) => ` (export "${exportName(place)}" (${kindOf(module, name)} ${name}))`);
  const own = [` (export "${MEMORY}" (memory ${memoryOf(module)}))`, ` (export "${TABLE}" (table ${table}))`];
  return asModule([...kept, ...exports, ...own]);
}

function restPart(module, { later, shared, slots, size }) {
  const types = module.forms.filter(form => /^ \((type|rec) ?/.test(form));
  const ours = shared.filter(name => !module.imports.has(name));
  const imports = [
    ...shared.filter(name => module.imports.has(name)).map(name => module.imports.get(name)),
    ...ours.filter(name => name !== module.table.name).map(name => importOf(module, name, exportName(ours.indexOf(name)))),
    ` (import "b" "${MEMORY}" (memory ${memoryOf(module)} 0))`,
    ` (import "b" "${TABLE}" (table ${module.table.name} ${size} funcref))`,
  ];
  return asModule([...types, ...imports, ...segments(module.table.name, slots), ...later.map(name => module.functions.get(name))]);
}

// The names by which the parts know each other's; no names of the program are such.
const MEMORY = 'the memory';
const TABLE = 'the table';
const exportName = String;

function kindOf({ functions, globals, tables }, name) {
  return functions.has(name) ? 'func' : globals.has(name) ? 'global' : tables.has(name) ? 'table' : expect(false, `expected something to share, found ${name}`);
}

function importOf(module, name, exported) {
  const kind = kindOf(module, name);
  const form = { func: module.functions, global: module.globals, table: module.tables }[kind].get(name);
  const after = form.slice(form.indexOf(name) + name.length);
  const type = {
    func: () => typeOf(form),
    global: () => after.match(/^ (\(mut \w+\)|\w+) /)?.[1],
    table: () => after.match(/^ (\d+(?: \d+)? \w+)\)$/)?.[1],
  }[kind]();
  expect(type !== undefined, `expected the type of ${name}, found ${after}`);
  return ` (import "b" "${exported}" (${kind} ${name} ${type}))`;
}

// The type of a function, without the names of its parameters.
function typeOf(form) {
  return headOf(form).parameters.map(([, type]) => `(param ${type})`).join(' ') + headOf(form).result;
}

function headOf(form) {
  const [head, result] = form.match(new RegExp(String.raw`^ \(func ${NAME}(?: \(param ${NAME} \w+\))*( \(result [\w ]+\))?`));
  const parameters = [...head.matchAll(new RegExp(String.raw`\(param (${NAME}) (\w+)\)`, 'g'))].map(([, name, type]) => [name, type]);
  return { head, parameters, result: result ?? '' };
}

// A function of the same type that calls what stands in a slot of the table.
function stub(form, table, slot) {
  const { head, parameters } = headOf(form);
  const values = parameters.map(([name]) => `(local.get ${name})`).join(' ');
  return `${head}\n  (call_indirect ${table} ${typeOf(form)} ${values} (i32.const ${slot}))\n )`;
}

// One segment for each run of slots.
function segments(table, slots) {
  const runs = [];
  for (const slot of [...slots.keys()].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && last.slot + last.names.length === slot) last.names.push(slots.get(slot));
    else runs.push({ slot, names: [slots.get(slot)] });
  }
  return runs.map(({ slot, names }) => ` (elem (table ${table}) (i32.const ${slot}) func ${names.join(' ')})`);
}

function tableOf(size, table, form) {
  expect(form.endsWith(' funcref)'), `expected a table of functions, found ${form}`);
  return ` (table ${table} ${size} ${size} funcref)`;
}

function memoryOf({ forms }) {
  const memories = forms.flatMap(form => form.match(new RegExp(String.raw`^ \(memory (${NAME}) `))?.[1] ?? []);
  expect(memories.length === 1, `expected one memory, found ${memories.length}`);
  return memories[0];
}

function asModule(forms) {
  return `(module\n${forms.join('\n')}\n)\n`;
}

// A name without the hashes of crates, which change with the compiler.
function plain(name) {
  return name.replace(/\[[0-9a-f]+\]/g, '');
}

function expect(holds, message) {
  if (!holds) throw new SplitError(message);
}
