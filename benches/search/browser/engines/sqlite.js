// SQLite's FTS5 with trigrams: the words as they are, then any three of their characters; LIKE below three.
import sqlite3InitModule from '@sqlite.org/sqlite-wasm';

const quoted = (text) => `"${text.replaceAll('"', '""')}"`;

export async function open({ names }) {
  const sqlite3 = await sqlite3InitModule({ print: () => {}, printErr: () => {} });
  const db = new sqlite3.oo1.DB(':memory:');
  db.exec("CREATE VIRTUAL TABLE firm USING fts5(name, tokenize = 'trigram')");
  db.transaction(() => {
    const insert = db.prepare('INSERT INTO firm (name) VALUES (?)');
    for (const name of names) insert.bind(1, name).stepReset();
    insert.finalize();
  });
  const match = db.prepare('SELECT name FROM firm WHERE firm MATCH ? ORDER BY rank LIMIT ?');
  const like = db.prepare('SELECT name FROM firm WHERE name LIKE ? AND name LIKE ? LIMIT ?');
  const rows = (statement, values) => {
    const found = [];
    statement.bind(values);
    while (statement.step()) found.push(statement.get(0));
    statement.reset();
    return found;
  };
  return {
    search(question, limit) {
      const words = question.split(' ').filter(Boolean);
      const long = words.filter((word) => [...word].length >= 3);
      if (long.length < words.length) return rows(like, [`%${words[0]}%`, `%${words[1] ?? ''}%`, limit]);
      const found = rows(match, [long.map(quoted).join(' AND '), limit]);
      if (found.length === limit) return found;
      const triples = long.flatMap((word) => [...word].slice(2).map((_, at) => [...word].slice(at, at + 3).join('')));
      return [...new Set([...found, ...rows(match, [triples.map(quoted).join(' OR '), limit])])].slice(0, limit);
    },
    serialized: () => sqlite3.capi.sqlite3_js_db_export(db),
    wasmBytes: () => sqlite3.wasm.heap8u().byteLength,
  };
}
