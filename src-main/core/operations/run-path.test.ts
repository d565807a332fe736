import { posix, win32 } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkStorageBlock } from '../config/check-storage-block.ts';
import { runPathSchema } from './operation.ts';
import { isRunPath } from './run-path.ts';

/** What ways out are made of: steps up in every spelling, separators, roots, devices, streams, and what may hide them. */
const pieces = [
  ...['..', '.', '...', '.. ', '..\t', '%2e%2e', '%252e', '\u2024\u2024', '\uff0e\uff0e', '..\u200b', '..;'],
  ...['/', '//', '\\', '\\\\', '\u2215', '\uff0f', '%2f', '%5c', '/./', '\\..\\'],
  ...[
    'C:',
    'c:\\',
    '\\\\?\\',
    '\\\\.\\',
    '\\\\server\\share',
    '/etc/passwd',
    '~',
    '$HOME',
    'file://',
    'app://',
  ],
  ...['CON', 'nul', 'aux.pt', 'COM1', 'lpt9.txt', 'conin$', 'a:stream', 'a::$DATA', 'a.', 'a ', 'a'],
  ...['\0', '\n', '\r', '\u001b', '\u202e', '\ud800', '\udc00', 'e\u0301', '\u00e9', 'x'.repeat(5000)],
  ...['best_models', 'model.pt', '.cairn', '.CAIRN', '', ' '],
];
const corpus = [
  ...pieces,
  ...pieces.flatMap((a) => pieces.map((b) => a + b)),
  ...fc
    .sample(fc.array(fc.constantFrom(...pieces), { minLength: 2, maxLength: 8 }), {
      numRuns: 10_000,
      seed: 20_260_302,
    })
    .map((parts) => parts.join('')),
];

/** Each by the system's own rules for paths: where a path below a root leads. */
const systems = [
  { name: 'Linux', root: '/data/models', resolve: posix.resolve, separator: '/', onWindows: false },
  { name: 'Windows', root: 'D:\\data\\models', resolve: win32.resolve, separator: '\\', onWindows: true },
];

type System = (typeof systems)[number];

/** Those of the corpus that lead out of the root although a check takes them for paths below it. */
function ledOut({ root, resolve, separator }: System, taken: readonly string[]): string[] {
  return taken.filter((text) => {
    const place = resolve(`${root}${separator}${text}`);
    return !place.startsWith(root + separator) || place.includes('\0');
  });
}

describe.each(systems)('13: on $name no text leads out of a run', (system) => {
  const { root, resolve, separator, onWindows } = system;
  test(`of ${corpus.length} texts those that are taken for paths stay inside, and the others are refused`, () => {
    const taken = corpus.filter((text) => isRunPath(text, onWindows));
    expect(ledOut(system, taken)).toEqual([]);
    expect(taken.length).toBeGreaterThan(100);
    expect(corpus.length).toBeGreaterThan(10_000);
  });

  test('control: a check that looks for steps up alone lets texts out', () => {
    const noSteps = corpus.filter((text) => !text.split('/').includes('..'));
    expect(ledOut(system, corpus).length).toBeGreaterThan(500);
    expect(ledOut(system, noSteps).length).toBeGreaterThan(10);
  });

  test('a folder that a config names stays inside too', () => {
    const folders = corpus.map((folder) => {
      const { values } = checkStorageBlock({ values: new Map([['best_models_dir', folder]]), named: true });
      return values.best_models_dir;
    });
    const outside = folders.filter((folder) => {
      const place = folder === undefined ? root : resolve(`${root}${separator}${folder}`);
      return place !== root && !place.startsWith(root + separator);
    });
    expect(outside).toEqual([]);
  });
});

test('13: what Windows gives a meaning of its own is no path there, and a plain name here', () => {
  for (const name of [
    'a:b',
    'a\\b',
    '..\\..\\x',
    'nul',
    'NUL.pt',
    'com1.pt',
    'a.',
    'a ',
    'a?',
    'C:x',
    '\\\\?\\C:',
  ])
    expect([name, isRunPath(name, true), isRunPath(name, false)]).toEqual([name, false, true]);
});

const beside = ['../models-evil/a.pt', 'a/../../models-evil/a.pt', '/data/models-evil/a.pt'];

test('14: a folder beside the run whose name begins like it is not in it', () => {
  for (const path of beside) expect([path, runPathSchema.safeParse(path).success]).toEqual([path, false]);
});

test('control: a check of how a path begins would take such a folder for the run', () => {
  for (const path of beside)
    expect([path, posix.resolve('/data/models', path).startsWith('/data/models')]).toEqual([path, true]);
});
