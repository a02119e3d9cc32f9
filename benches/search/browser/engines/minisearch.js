// MiniSearch with characters in pairs: all pairs first, then any.
import MiniSearch from 'minisearch';

function tokenize(text) {
  return text.split(/\s+/).flatMap((word) => {
    const characters = [...word];
    if (characters.length < 2) return characters;
    return characters.slice(1).map((character, at) => characters[at] + character);
  });
}

export async function open({ names }) {
  const index = new MiniSearch({ fields: ['name'], tokenize });
  index.addAll(names.map((name, id) => ({ id, name })));
  const ask = (question, combineWith) => index.search(question, { combineWith }).map((hit) => names[hit.id]);
  return {
    search(question, limit) {
      const all = ask(question, 'AND');
      const found = all.length < limit ? [...new Set([...all, ...ask(question, 'OR')])] : all;
      return found.slice(0, limit);
    },
    serialized: () => JSON.stringify(index),
  };
}
