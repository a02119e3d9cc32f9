// Fuse.js anywhere in the name.
import Fuse from 'fuse.js';

export async function open({ names }) {
  const fuse = new Fuse(names, { threshold: 0.3, ignoreLocation: true });
  return { search: (question, limit) => fuse.search(question, { limit }).map((hit) => hit.item) };
}
