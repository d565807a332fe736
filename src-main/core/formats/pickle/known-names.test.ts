import { expect, test } from 'vitest';
import { pickle } from '../fixtures/write-torch.ts';
import { readContents } from '../read-contents.ts';
import { bufferSource } from '../source.ts';

// Python writes `range(3)` so with the protocol that `torch.save` takes. fix_imports in pickle.py
test.each(['__builtin__\nxrange', 'builtins\nrange'])(
  'a range is data, by whatever name: %j',
  async (name) => {
    const bytes = pickle('}(', 'X\x01\x00\x00\x00r', `c${name}\n(K\x00K\x03K\x01tR`, 'u');
    const { trust, globals, problems } = await readContents(bufferSource('a.pkl', bytes));
    expect({ trust, problems, classes: globals.map((global) => global.class) }).toEqual({
      trust: 'tensors-only',
      problems: [],
      classes: ['data'],
    });
  },
);
