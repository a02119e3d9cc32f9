// What the linker wrote down of a program (build.rs beside this asks it to): which function and which piece of data speaks of
// which function, by its place in the table, and of which piece of data, by its address. The format is LLVM's,
// https://github.com/WebAssembly/tool-conventions/blob/main/Linking.md. Calls are not among it: text shows them.
//
//   relocations(bytes)       { functions: name → uses, data: [{ from, to, uses }] }
//
// where `uses` is { functions: [name], data: [place in data] }.

const [FUNCTION, DATA] = [0, 1];
const [UNDEFINED, NAMED] = [0x10, 0x40];
const TABLE = [1, 2];
const MEMORY = [3, 4, 5];
// The others that a program for browsers may have: calls, types, globals, tables.
const ELSE = [0, 6, 7, 20];
const CODE_SECTION = 10;
const DATA_SECTION = 11;

export function relocations(bytes) {
  const sections = sectionsOf(bytes);
  const named = name => sections.find(section => section.name === name) ?? fail(`expected a section ${name}: does build.rs ask the linker for --emit-relocs?`);
  const numbered = id => sections.find(section => section.id === id) ?? fail(`expected a section ${id}`);
  const names = namesOf(bytes, named('name'));
  const segments = segmentsOf(bytes, numbered(DATA_SECTION));
  const symbols = symbolsOf(bytes, named('linking'), segments);
  const data = [...new Map(symbols.filter(symbol => symbol.from !== undefined).map(symbol => [`${symbol.from} ${symbol.to}`, symbol])).values()]
    .map(({ from, to }) => ({ from, to, uses: { functions: [], data: [] } })).sort((a, b) => a.from - b.from);
  const placeOf = new Map(data.map(({ from, to }, place) => [`${from} ${to}`, place]));
  const note = (uses, { type, symbol }) => {
    const { index, from, to } = symbols[symbol];
    if (TABLE.includes(type)) uses.functions.push(names.get(index) ?? fail(`expected a name of function ${index}`));
    else if (MEMORY.includes(type)) { if (from !== undefined) uses.data.push(placeOf.get(`${from} ${to}`)); }
    else if (!ELSE.includes(type)) fail(`expected a kind of relocation that is known, found ${type}`);
  };
  const functions = new Map([...names.values()].map(name => [name, { functions: [], data: [] }]));
  const bodies = bodiesOf(bytes, numbered(CODE_SECTION), importsOf(bytes, sections));
  inOrder(entriesOf(bytes, named('reloc.CODE')), bodies, (entry, { index }) => note(functions.get(names.get(index)), entry));
  const addressed = entriesOf(bytes, named('reloc.DATA')).map(entry => ({ ...entry, offset: addressOf(segments, entry.offset) }));
  inOrder(addressed, data.map(piece => ({ ...piece })), (entry, { uses }) => note(uses, entry));
  return { functions, data };
}

// Calls `act` for each entry with every piece that it lies in. Both are in order; pieces may hold others.
function inOrder(entries, pieces, act) {
  for (const entry of entries) {
    const within = pieces.filter(({ from, to }) => from <= entry.offset && entry.offset < to);
    if (!within.length) fail(`expected something at ${entry.offset} that a relocation belongs to`);
    within.forEach(piece => act(entry, piece));
  }
}

function sectionsOf(bytes) {
  const sections = [];
  const reader = new Reader(bytes, 8);
  while (reader.at < bytes.length) {
    const id = reader.byte();
    const end = reader.number() + reader.at;
    const begin = reader.at;
    const name = id === 0 ? reader.text() : undefined;
    sections.push({ id, name, begin, at: reader.at, end });
    reader.at = end;
  }
  return sections;
}

function namesOf(bytes, section) {
  const reader = new Reader(bytes, section.at);
  const names = new Map();
  while (reader.at < section.end) {
    const kind = reader.byte();
    const end = reader.number() + reader.at;
    if (kind === 1) reader.list(() => names.set(reader.number(), reader.text()));
    reader.at = end;
  }
  if (new Set(names.values()).size !== names.size) fail('expected functions of different names');
  return names;
}

function importsOf(bytes, sections) {
  const section = sections.find(({ id }) => id === 2);
  let functions = 0;
  const reader = new Reader(bytes, section?.at ?? 0);
  if (section) reader.list(() => {
    reader.text();
    reader.text();
    const kind = reader.byte();
    if (kind !== 0) fail(`expected imports of functions only, found kind ${kind}`);
    reader.number();
    functions += 1;
  });
  return functions;
}

function bodiesOf(bytes, section, imported) {
  const reader = new Reader(bytes, section.at);
  return reader.list(place => {
    const end = reader.number() + reader.at;
    const from = reader.at - section.begin;
    reader.at = end;
    return { index: imported + place, from, to: end - section.begin };
  });
}

// Where each segment lies in the section and in memory.
function segmentsOf(bytes, section) {
  const reader = new Reader(bytes, section.at);
  return reader.list(() => {
    if (reader.number() !== 0 || reader.byte() !== 0x41) fail('expected segments of data at addresses that are known');
    const address = reader.number();
    reader.byte();
    const length = reader.number();
    const offset = reader.at - section.begin;
    reader.at += length;
    return { address, offset, length };
  });
}

function addressOf(segments, offset) {
  const segment = segments.find(segment => segment.offset <= offset && offset < segment.offset + segment.length);
  return segment ? segment.address + offset - segment.offset : fail(`expected data at ${offset}`);
}

function symbolsOf(bytes, section, segments) {
  const reader = new Reader(bytes, section.at);
  const version = reader.number();
  if (version !== 2) fail(`expected version 2 of the linking section, found ${version}`);
  while (reader.at < section.end) {
    const kind = reader.byte();
    const end = reader.number() + reader.at;
    if (kind === 8) return reader.list(() => symbol(reader, segments));
    reader.at = end;
  }
  return fail('expected a table of symbols');
}

function symbol(reader, segments) {
  const kind = reader.byte();
  const flags = reader.number();
  const isDefined = !(flags & UNDEFINED);
  if (kind === DATA) {
    reader.text();
    if (!isDefined) return {};
    const [segment, offset, size] = [reader.number(), reader.number(), reader.number()];
    const from = segments[segment].address + offset;
    return { from, to: from + size };
  }
  const index = reader.number();
  if (kind !== 3 && (isDefined || flags & NAMED)) reader.text();
  return kind === FUNCTION ? { index } : {};
}

function entriesOf(bytes, section) {
  const reader = new Reader(bytes, section.at);
  reader.number();
  return reader.list(() => {
    const [type, offset, symbol] = [reader.byte(), reader.number(), reader.number()];
    if (MEMORY.includes(type)) reader.number();
    return { type, offset, symbol };
  });
}

class Reader {
  constructor(bytes, at) { Object.assign(this, { bytes, at }); }

  byte() { return this.bytes[this.at++]; }

  // Also passes over a signed number, whose value nobody asks for.
  number() {
    let [value, shift, byte] = [0, 0, 0];
    do {
      byte = this.byte();
      value += (byte & 127) * 2 ** shift;
      shift += 7;
    } while (byte & 128);
    return value;
  }

  text() {
    const length = this.number();
    return this.bytes.toString('utf8', this.at, this.at += length);
  }

  list(read) {
    return Array.from({ length: this.number() }, (_, place) => read(place));
  }
}

function fail(message) {
  throw new Error(message);
}
