import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { classifyName } from '../classify-name.ts';
import { mayBeVersion } from '../version-folders.ts';
import { knownLayouts, recogniseFolder } from './known-layouts.ts';
import type { Claim, Layout, NamedState } from './layout.ts';
import { signsOf } from './run-signs.fixture.ts';

/** What a layout must make of names. */
export interface LayoutCases {
  /** What the names of its models say; null for nothing. */
  names: Readonly<Record<string, Partial<NamedState> | null>>;
  /** Whether a file is beside a model. */
  beside?: readonly string[];
  /** Files that go with a model, by the name of that. */
  companions?: Readonly<Record<string, readonly string[]>>;
  leftovers?: readonly string[];
  /** Names that are no models, though they look much like it. */
  others?: readonly string[];
  /** Folders by their names, with the names inside; null for one that is no version. */
  folders?: readonly {
    name: string;
    inside: readonly string[];
    version: { main: string; missing?: readonly string[] } | null;
  }[];
  /** Ids of a run, and what is claimed of it. */
  runs: readonly {
    ids: readonly string[];
    root?: string;
    there?: readonly string[];
    claim: Partial<Claim> | null;
  }[];
}

const root = join(import.meta.dirname, '../../../..');
/** Ids of the runs that the reference wrote. */
const referenceRuns = [
  join(root, 'build/sample-run/run'),
  ...['typed', 'simple', 'oldest'].map((name) => join(root, 'e2e/fixtures/generations', name)),
];

/** What every layout keeps to, and this one in particular. */
export function layoutSuite(layout: Layout, cases: LayoutCases): void {
  const isBeside = (name: string) => cases.beside?.includes(name) === true;
  const read = (name: string) => layout.readName?.(name, isBeside) ?? null;
  const claim = (ids: readonly string[], at = '/runs/run', there: readonly string[] = []) =>
    layout.recognise(signsOf(ids, { root: at, has: (path) => there.includes(path) }));

  describe(`the layout of ${layout.name}`, () => {
    test('is known, under a name of its own', () => {
      expect(knownLayouts.filter(({ id, name }) => id === layout.id || name === layout.name)).toEqual([
        layout,
      ]);
    });

    test.each(Object.entries(cases.names))('reads what %j says, which is a model', (name, state) => {
      expect(classify(name).role).toBe('model');
      const none = { step: null, episode: null, metrics: [], isBest: false };
      expect(read(name)).toEqual(state && { ...none, ...state });
    });

    test.each(Object.entries(cases.companions ?? {}))('has the companions of %j', (model, companions) => {
      const { stem } = classify(model);
      expect(layout.companions?.companionsOf(model)).toEqual(companions);
      for (const name of companions) expect(classify(name)).toEqual({ role: 'companion', stem });
    });

    test('tells what an interrupted save left, and what is nothing', () => {
      for (const name of cases.leftovers ?? [])
        expect([name, classify(name).role]).toEqual([name, 'leftover']);
      for (const name of cases.others ?? []) expect([name, classify(name).role]).toEqual([name, 'other']);
    });

    test.each(cases.folders ?? [])('takes the folder $name with $inside for what it is', (folder) => {
      const version = layout.versionFolder?.recognise(folder.name, new Set(folder.inside));
      expect(version).toEqual(folder.version && { missing: [], ...folder.version });
      const known = recogniseFolder(folder.name, new Set(folder.inside));
      if (folder.version) expect(known).toEqual({ layout: layout.id, missing: [], ...folder.version });
      expect(mayBeVersion(folder.name)).toBe(true);
    });

    test.each(cases.runs)('claims %j', ({ ids, root: at, there, claim: expected }) => {
      const found = claim(ids, at, there);
      if (expected === null) expect(found).toBeNull();
      else expect(found).toMatchObject(expected);
    });

    test.each(referenceRuns)(
      'claims nothing of the reference’s %s, and reads nothing in its names',
      (run) => {
        const ids = readdirSync(run, { recursive: true, encoding: 'utf8' });
        expect(ids.length).toBeGreaterThan(3);
        expect(claim(ids, run, ids)).toBeNull();
        for (const id of ids) expect(read(id.slice(id.lastIndexOf('/') + 1))).toBeNull();
      },
    );

    test('is not held up or misled by hostile names', () => {
      const started = performance.now();
      for (const name of hostileNames()) {
        const state = read(name);
        for (const [key, value] of state?.metrics ?? [])
          expect([typeof key, typeof value]).toEqual(['string', 'number']);
        layout.isModel?.(name);
        layout.companions?.companionOf(name);
      }
      claim(hostileNames(), `/runs/${'__'.repeat(100)}`);
      expect(performance.now() - started).toBeLessThan(1000);
    });
  });
}

const classify = (name: string) => classifyName(name, { backup_suffix: '.backup' });

/** Names that are as long as names can be, repeat what a pattern looks for, or are called like what every object has. */
function hostileNames(): string[] {
  const parts = [
    '=',
    '-',
    '_',
    '0',
    'a=1-',
    'epoch=',
    '1-1',
    '_1_',
    '__',
    'a',
    '.',
    ' ',
    '-v1',
    '1e',
    'best_000000001_',
    '\n',
  ];
  const long = parts.map((part) => part.repeat(Math.floor(250 / part.length)));
  const endings = ['', '.ckpt', '.pth', '.h5', '.keras', '.zip', '.pkl', '.cleanrl_model'];
  const strange = [
    '__proto__=1',
    'epoch=1-__proto__=2',
    'constructor=1-step=2',
    'epoch=1-step=9999999999999999999',
  ];
  return [...long, ...strange].flatMap((stem) => endings.map((ending) => stem + ending));
}
