import { expect, test } from 'vitest';
import { versionHandlesPerRun } from '../../shared/ipc/handles.ts';
import { fatesOf, orderVersions } from './plan-rows.ts';
import { planSentence, sparedIn, whyWords } from './prune-words.ts';

const plan = (removed: number, total: number, given = {}) => ({
  versions: Array.from({ length: total }, (_, index) => index),
  outcomes: Array.from({ length: total }, () => 0),
  kinds: [{ keep: true, refused: false, reasons: ['latest'] }],
  removed,
  size: 318_000,
  gain: { bytes: 320_000, atMost: false },
  plan: null,
  ...given,
});

test('a plan is said in a sentence, also when it comes to one or to nothing', () => {
  expect(planSentence(plan(12, 26), true)).toBe(
    '12 of 26 versions go to the trash: 318 kB of files. The disk gains nothing now, and 320 kB once the trash is emptied: files fill whole blocks.',
  );
  expect(planSentence(plan(1, 2), true)).toContain('1 of 2 versions goes to the trash:');
  expect(planSentence(plan(0, 26), true)).toBe('Nothing goes: all 26 versions stay.');
  expect(planSentence(plan(0, 1), true)).toBe('Nothing goes: the version stays.');
  expect(planSentence(plan(1, 2, { gain: { bytes: 320_000, atMost: true } }), true)).toContain(
    'at most 320 kB',
  );
  expect(planSentence(plan(1, 2, { gain: { bytes: 4096, atMost: false } }), true)).toContain(
    '4.10 kB once the trash is emptied: the rest is shared with other files.',
  );
  expect(planSentence(plan(1, 2, { size: 320_000 }), true)).toMatch(/320 kB once the trash is emptied\.$/);
  expect(planSentence(plan(1, 2, { gain: null }), true)).toContain(
    'about 318 kB of files. The disk gains nothing until the trash is emptied.',
  );
});

test('where nothing goes it is said why: no rule is set, or checkpoints are left alone', () => {
  expect(planSentence(plan(0, 7), false)).toBe(
    'No rule is set, so nothing would go: move one of the sliders.',
  );
  const kinds = [
    { keep: true, refused: false, reasons: ['a checkpoint', 'the newest intact version'] },
    { keep: true, refused: false, reasons: ['best #1 by sharpe'] },
  ];
  const spared = sparedIn({ outcomes: [0, 1, 0], kinds });
  expect(spared).toBe(2);
  expect(planSentence(plan(0, 3), true, spared)).toBe(
    'Nothing goes: all 3 versions stay. 2 of them are checkpoints, which these rules leave alone: “Checkpoints as well as best models” concerns those too.',
  );
  expect(planSentence(plan(1, 3), true, spared)).not.toContain('of them');
});

test('a refusal is told apart from a rule, and a reason hides nothing', () => {
  expect(whyWords({ keep: true, refused: true, reasons: ['pinned', 'a\u202eb'] })).toBe(
    'always: pinned, a[U+202E]b',
  );
  expect(whyWords({ keep: false, refused: false, reasons: ['no rule keeps it'] })).toBe('no rule keeps it');
});

test('reasons call metrics as the table does, and say what a state of a file means', () => {
  const words = (reason: string) => whyWords({ keep: true, refused: false, reasons: [reason] });
  expect(words('best #7 by sharpe')).toBe('best #7 by Sharpe ratio');
  expect(words('has no win_rate')).toBe('has no Win rate');
  expect(words('its max_drawdown is not finite')).toBe('its Max drawdown is not finite');
  expect(words('mismatch')).toBe('its file is not what was saved (mismatch)');
  for (const plain of ['has no step', 'its file is not there', 'its file cannot be read', 'a checkpoint'])
    expect(words(plain)).toBe(plain);
});

test.each([0, 1, 1000])(
  'versions are listed by what becomes of them, in the order of the list, new ones last: of the run that is opened after %i others',
  (before) => {
    const first = before * versionHandlesPerRun;
    const [a, b, c, d] = [first, first + 1, first + 2, first + 3];
    const kinds = [
      { keep: false, refused: false, reasons: [] },
      { keep: true, refused: false, reasons: [] },
      { keep: true, refused: true, reasons: [] },
    ];
    const rows = fatesOf({ ...plan(2, 4), versions: [a, b, c, d], outcomes: [0, 1, 2, 0], kinds }, [c, b, a]);
    const handles = Object.entries(rows).map(([fate, list]) => [fate, list.map(({ version }) => version)]);
    expect(handles).toEqual([
      ['goes', [a, d]],
      ['refused', [c]],
      ['stays', [b]],
    ]);
  },
);

test('the order goes by kind, number and name', () => {
  const row = (handle: number, kind: string, version: number | null, id: string) => ({
    handle,
    kind,
    version,
    id,
  });
  const rows = [
    row(0, 'checkpoint', 1, 'c'),
    row(1, 'best', 10, 'b'),
    row(2, 'best', 9, 'a'),
    row(3, 'best', null, 'z'),
    row(4, 'best', 10, 'a'),
  ];
  const list = { rows: () => rows[Symbol.iterator]() } as unknown as Parameters<typeof orderVersions>[0];
  expect(orderVersions(list)).toEqual([3, 2, 4, 1, 0]);
});
