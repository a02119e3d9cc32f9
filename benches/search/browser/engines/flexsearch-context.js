// FlexSearch that also remembers which character follows which.
import { openWith } from './flexsearch.js';

export const open = openWith({ tokenize: 'strict', context: { depth: 1, bidirectional: false } });
