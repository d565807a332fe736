import { expect, test } from 'vitest';
import guide from '../../docs/guide.md?raw';
import { type Block, readGuide } from './read-guide.ts';

test('headings, lists and what is bold or code are told apart; links are plain', () => {
  expect(
    readGuide('# Guide\n\nWhat `best` is:\nsee [query.md](query.md).\n\n- A **run**\n  goes on\n- B\n'),
  ).toEqual([
    { kind: 'heading', level: 1, text: 'Guide' },
    {
      kind: 'paragraph',
      pieces: [
        { kind: 'text', text: 'What ' },
        { kind: 'code', text: 'best' },
        { kind: 'text', text: ' is: see query.md.' },
      ],
    },
    {
      kind: 'list',
      items: [
        [
          { kind: 'text', text: 'A ' },
          { kind: 'bold', text: 'run' },
          { kind: 'text', text: ' goes on' },
        ],
        [{ kind: 'text', text: 'B' }],
      ],
    },
  ]);
});

test('markup is text, whatever it looks like', () => {
  expect(readGuide('<img src=x onerror=alert(1)>')).toEqual([
    { kind: 'paragraph', pieces: [{ kind: 'text', text: '<img src=x onerror=alert(1)>' }] },
  ]);
});

test('all words of the guide are in what is read of it, and no mark of how it is written', () => {
  const blocks = readGuide(guide);
  const text = blocks.map(textOf).join(' ');
  expect(blocks.filter(({ kind }) => kind === 'heading').length).toBeGreaterThan(5);
  expect(text).not.toMatch(/\*\*|\]\(|^#/m);
  const words = (of: string) => of.replace(/\]\([^)]*\)/g, ' ').match(/\p{L}+/gu) ?? [];
  expect(words(text)).toEqual(words(guide));
});

function textOf(block: Block): string {
  if (block.kind === 'heading') return block.text;
  const lines = block.kind === 'list' ? block.items : [block.pieces];
  return lines.map((pieces) => pieces.map(({ text }) => text).join('')).join(' ');
}
