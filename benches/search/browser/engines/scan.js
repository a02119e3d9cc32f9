// Twenty lines of JavaScript: indexOf over one string, the first hits in the order of the names.
export async function open({ names }) {
  const text = `\n${names.join('\n')}\n`;
  return {
    search(question, limit) {
      const [first, ...others] = question.split(' ').filter(Boolean);
      const found = [];
      for (let at = text.indexOf(first); at >= 0 && found.length < limit; ) {
        const end = text.indexOf('\n', at);
        const name = text.slice(text.lastIndexOf('\n', at) + 1, end);
        if (others.every((other) => name.includes(other))) found.push(name);
        at = text.indexOf(first, end);
      }
      return found;
    },
  };
}
