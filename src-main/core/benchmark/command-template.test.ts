import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillWord, parseCommand } from './command-template.ts';
import { splitWords } from './split-words.ts';

const values = { model: '/m', episodes: '5', seed: '7', run: '/r', id: 'i', here: '/h' };
const filled = (text: string, given = values) =>
  parseCommand(text).words.map((word) => fillWord(word, given));

test('placeholders are replaced inside words, and told', () => {
  expect(filled('python {here}/eval.py --model={model} -s{seed}{seed} {episodes}')).toEqual([
    'python',
    '/h/eval.py',
    '--model=/m',
    '-s77',
    '5',
  ]);
  expect(parseCommand('x {model} {seed}').names).toEqual(new Set(['model', 'seed']));
});

test('braces that are no placeholder stay, and {{name}} is the text', () => {
  expect(filled(`x {model} '{"a":{"b":1}}' {} {{model}} {{{seed}}}`)).toEqual([
    'x',
    '/m',
    '{"a":{"b":1}}',
    '{}',
    '{model}',
    '{{seed}}',
  ]);
});

test('an unknown name is named, with those there are', () => {
  expect(() => parseCommand('x {model} {sed}')).toThrow(/“\{sed\}” stands for nothing .* \{seed\}/);
  expect(() => parseCommand('x {model} {constructor}')).toThrow(/constructor/);
});

test('a command that is none, or does not get the model, is refused', () => {
  for (const text of ['', '  ', "'' {model}", 'python eval.py', 'x {{model}}'])
    expect(() => parseCommand(text)).toThrow(/evaluator/);
});

test('{model} is always one word, whatever is in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (model) => {
      expect(filled('eval {model} x{model}y {seed}', { ...values, model })).toEqual([
        'eval',
        model,
        `x${model}y`,
        '7',
      ]);
    }),
    { seed: 1 },
  );
});

test('a command without placeholders but the model is its own words', () => {
  const plain = fc.stringMatching(/^[\w./=-]{1,12}$/);
  fc.assert(
    fc.property(fc.array(plain, { minLength: 1 }), (words) => {
      const line = `${words.join(' ')} {model}`;
      expect(filled(line)).toEqual([...splitWords(words.join(' ')), '/m']);
    }),
    { seed: 1 },
  );
});
