// Takes a program apart: `first` is what is needed until the first search is answered, `rest` is what is reached only
// through the doors (src/app/doors.rs). Both are text, as wasm-dis writes it, of modules that share memory and table.
//
// Where the first part calls a door, it calls whatever stands in a slot of the table; the rest fills the slots of its
// functions when it is instantiated, and the memory of its data. Calls are read from the text; who speaks of a function
// without calling it (closures, futures, what drops them) and of data is what the linker wrote down.
//
//   split(text, relocations, doors)     `doors`: a pattern of their names

const NAME = String.raw`\$(?:"(?:[^"\\]|\\.)*"|[^\s()"]+)`;
const USES = new RegExp(String.raw`\((?:call|return_call|ref\.func|global\.get|global\.set|table\.\w+|call_indirect) (${NAME})`, 'g');
const ELEMENTS = new RegExp(String.raw`^ \(elem ${NAME} \(table (${NAME})\) \(i32\.const (\d+)\) func((?: ${NAME})+)\)$`);
const SEGMENT = new RegExp(String.raw`^ \(data (${NAME}) \(i32\.const (\d+)\) "((?:[^"\\]|\\.)*)"\)$`);

export function split(text, relocations, doors) {
  const module = { ...read(text), relocations: named(relocations) };
  const isDoor = name => doors.test(name);
  const first = reach(module, rootsOf(module), isDoor);
  const doorsUsed = [...new Set([...first.functions].flatMap(name => usesOf(module, name)))].filter(isDoor);
  expect(doorsUsed.length, 'expected doors that the first part calls, found none');
  const behind = reach(module, doorsUsed, () => false);
  const later = new Set([...behind.functions].filter(name => !first.functions.has(name)));
  let { size } = module.table;
  const slotOfDoor = new Map(doorsUsed.map(door => [door, size++]));
  const slots = new Map([...[...module.slots].filter(([, name]) => later.has(name)), ...[...slotOfDoor].map(([door, slot]) => [slot, door])]);
  const shared = [...new Set([...later].flatMap(name => usesOf(module, name)))].filter(name => !later.has(name));
  const owners = ownersOf(module, first.data, behind.data);
  return {
    first: firstPart(module, { first, slotOfDoor, size, shared, owners }),
    rest: restPart(module, { later, shared, slots, size, owners }),
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
  const [, tableName, offset, elements] = segments[0].match(ELEMENTS) ?? expect(false, 'expected a segment of functions at a place that is known');
  const tables = named('table');
  const size = Number(tables.get(tableName).match(/ (\d+) (\d+) funcref\)$/)?.[2]);
  expect(size, `expected a table of a known size, found ${tables.get(tableName)}`);
  const slots = new Map([...elements.matchAll(new RegExp(NAME, 'g'))].map(([name], place) => [Number(offset) + place, name]));
  const data = forms.filter(form => form.startsWith(' (data')).map(form => {
    const [, name, address, content] = form.match(SEGMENT) ?? expect(false, 'expected data at an address that is known');
    return { name, address: Number(address), bytes: bytesOf(content) };
  });
  return { forms, functions, imports, data, globals: named('global'), tables, slots, table: { name: tableName, size } };
}

function usesOf(module, name) {
  module.uses ??= new Map();
  if (!module.uses.has(name)) {
    const form = module.functions.get(name) ?? '';
    module.uses.set(name, [...new Set([...form.matchAll(USES)].map(([, used]) => used))]);
  }
  return module.uses.get(name);
}

// Names as text writes them.
function named({ functions, data }) {
  const inText = ({ functions, data }) => ({ functions: functions.map(name => `$${name}`), data });
  return {
    functions: new Map([...functions].map(([name, uses]) => [`$${name}`, inText(uses)])),
    data: data.map(({ uses, ...piece }) => ({ ...piece, uses: inText(uses) })),
  };
}

// What is called from outside.
function rootsOf({ forms }) {
  return forms.flatMap(form => form.match(new RegExp(String.raw`^ \((?:export "[^"]*" \(func|start) (${NAME})`))?.[1] ?? []);
}

// The functions and pieces of data that these functions lead to, not through doors.
function reach(module, roots, isDoor) {
  const { functions: spoken, data: pieces } = module.relocations;
  const functions = new Set(roots);
  const data = new Set();
  const enter = ({ functions: names, data: places }) => {
    for (const name of names) if (module.functions.has(name) && !isDoor(name)) functions.add(name);
    for (const place of places) {
      if (data.has(place)) continue;
      data.add(place);
      enter(pieces[place].uses);
    }
  };
  // What wasm-bindgen put in calls and nothing else.
  for (const name of functions) {
    enter({ functions: usesOf(module, name), data: [] });
    enter(spoken.get(name) ?? { functions: [], data: [] });
  }
  const handed = [...[...functions].map(name => spoken.get(name)), ...[...data].map(place => pieces[place].uses)].flatMap(uses => uses?.functions ?? []);
  expect(!handed.some(isDoor), 'expected doors to be called where they are named, found one handed on');
  return { functions, data };
}

const [FIRST, REST] = [1, 2];

// Whose each byte of data is. What nobody speaks of stays with the first part.
function ownersOf({ data, relocations }, first, behind) {
  const owners = data.map(({ bytes }) => new Uint8Array(bytes.length));
  const mark = (places, owner) => places.forEach(place => data.forEach(({ address, bytes }, segment) => {
    const { from, to } = relocations.data[place];
    owners[segment].fill(owner, Math.min(Math.max(from - address, 0), bytes.length), Math.min(Math.max(to - address, 0), bytes.length));
  }));
  mark(behind, REST);
  mark(first, FIRST);
  return owners;
}

function firstPart(module, { first, slotOfDoor, size, shared, owners }) {
  const { name: table } = module.table;
  const kept = module.forms.flatMap(form => {
    const name = form.match(new RegExp(String.raw`^ \((?:func|table) (${NAME})`))?.[1];
    if (form.startsWith(' (elem')) return segments(table, new Map([...module.slots].filter(([, name]) => first.functions.has(name))));
    if (form.startsWith(' (data')) return [];
    if (name === table) return tableOf(size, table, form);
    if (slotOfDoor.has(name)) return stub(form, table, slotOfDoor.get(name));
    return module.functions.has(name) && !first.functions.has(name) ? [] : form;
  });
  const data = module.data.map(({ name, address, bytes }, segment) =>
    dataForm(name, address, bytes.map((byte, place) => (owners[segment][place] === REST ? 0 : byte))));
  const exports = shared.filter(name => !module.imports.has(name)).map((name, place) => ` (export "${exportName(place)}" (${kindOf(module, name)} ${name}))`);
  const own = [` (export "${MEMORY}" (memory ${memoryOf(module)}))`, ` (export "${TABLE}" (table ${table}))`];
  return asModule([...kept, ...data, ...exports, ...own]);
}

function restPart(module, { later, shared, slots, size, owners }) {
  const types = module.forms.filter(form => /^ \((type|rec) ?/.test(form));
  const ours = shared.filter(name => !module.imports.has(name));
  const imports = [
    ...shared.filter(name => module.imports.has(name)).map(name => module.imports.get(name)),
    ...ours.filter(name => name !== module.table.name).map(name => importOf(module, name, exportName(ours.indexOf(name)))),
    ` (import "b" "${MEMORY}" (memory ${memoryOf(module)} 0))`,
    ` (import "b" "${TABLE}" (table ${module.table.name} ${size} funcref))`,
  ];
  const data = module.data.flatMap(({ address, bytes }, segment) => runsOf(owners[segment], bytes)
    .map(([from, to]) => dataForm('', address + from, bytes.subarray(from, to))));
  const functions = [...later].map(name => module.functions.get(name));
  return asModule([...types, ...imports, ...segments(module.table.name, slots), ...data, ...functions]);
}

// Where the rest's own bytes lie, as far as they are more than the zeros that stand there already.
function runsOf(owners, bytes) {
  const runs = [];
  owners.forEach((owner, place) => {
    if (owner !== REST) return;
    const last = runs.at(-1);
    if (last?.[1] === place) last[1] += 1;
    else runs.push([place, place + 1]);
  });
  return runs.filter(([from, to]) => bytes.subarray(from, to).some(byte => byte !== 0));
}

function dataForm(name, address, bytes) {
  const content = [...bytes].map(byte => `\\${byte.toString(16).padStart(2, '0')}`).join('');
  return ` (data ${name} (i32.const ${address}) "${content}")`;
}

function bytesOf(content) {
  const escapes = { t: '\t', n: '\n', r: '\r' };
  return Uint8Array.from(content.matchAll(/\\([0-9a-f]{2})|\\(.)|([^\\])/g), ([, hex, escaped, character]) =>
    (hex ? parseInt(hex, 16) : (escapes[escaped] ?? escaped ?? character).charCodeAt(0)));
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

function expect(holds, message) {
  if (!holds) throw new Error(`split: ${message}`);
}
