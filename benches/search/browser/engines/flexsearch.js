// FlexSearch with its encoder for Chinese and suggestions, which are its answer to slips.
import { Charset, Index } from 'flexsearch';

export const openWith = (options) => async ({ names }) => {
  const index = new Index({ encoder: Charset.CJK, ...options });
  names.forEach((name, id) => index.add(id, name));
  return {
    search: (question, limit) => index.search(question, { limit, suggest: true }).map((id) => names[id]),
    serialized() {
      const parts = [];
      index.export((key, data) => { parts.push(key, data ?? ''); });
      return parts.join('\n');
    },
  };
};

export const open = openWith({ tokenize: 'strict' });
