// uFuzzy for any script, one slip a word, words in any order.
import uFuzzy from '@leeoniya/ufuzzy';

export async function open({ names }) {
  const fuzzy = new uFuzzy({
    unicode: true,
    interSplit: "[^\\p{L}\\d']+",
    intraSplit: '\\p{Ll}\\p{Lu}',
    intraBound: '\\p{L}\\d|\\d\\p{L}|\\p{Ll}\\p{Lu}',
    intraChars: "[\\p{L}\\d']",
    intraContr: "'\\p{L}{1,2}\\b",
    intraMode: 1,
  });
  return {
    search(question, limit) {
      const [found, , order] = fuzzy.search(names, question, 1, 1000);
      if (!found) return [];
      const ids = order ? order.map((at) => found[at]) : found;
      return ids.slice(0, limit).map((id) => names[id]);
    },
  };
}
