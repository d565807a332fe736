import fc from 'fast-check';
import { expect, test } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { readSettings } from './settings.ts';

const day = 24 * 3600 * 1000;
const defaults = { trash: { age: 7 * day, bytes: 20e9 }, backups: { age: null, bytes: null }, inDoubt: null };

function read({ run, app }: { run?: string; app?: string }) {
  const [own, data] = [temporaryFolder(), temporaryFolder()];
  if (run !== undefined) put(own, 'settings.yaml', run);
  if (app !== undefined) put(data, 'settings.yaml', app);
  return readSettings(own, data);
}

test('without settings the trash of retention has seven days and 20 GB, and backups have no limits', () => {
  expect(read({})).toEqual({ settings: defaults, problems: [] });
  expect(read({ run: '', app: '# nothing' })).toEqual({ settings: defaults, problems: [] });
});

test('the app’s settings count where the run has none of its own', () => {
  const { settings, problems } = read({
    app: 'trash: {max_age: 30d, max_size: 1 TB}\nbackups: {max_size: 5GB}',
    run: 'trash: {max_age: null}',
  });
  expect(settings).toEqual({
    trash: { age: null, bytes: 1e12 },
    backups: { age: null, bytes: 5e9 },
    inDoubt: null,
  });
  expect(problems).toEqual([]);
});

test.each([
  ['trash: {max_age: soon}', 'trash.max_age: “soon” is no age'],
  ['trash: {max_size: [1]}', 'trash.max_size: “a list or mapping” is no size'],
  ['trash: {max_aeg: 7d}', 'trash.max_aeg: there is no such key'],
  ['trash: 7d', 'trash: it must have max_age or max_size'],
  ['rubbish: {max_age: 7d}', 'rubbish: there is no such key'],
  ['{{', 'cannot be read'],
  ['- 1', 'it has no keys'],
])('what is wrong in %j names itself and its file, and nothing has a limit', (run, sentence) => {
  const { settings, problems } = read({ run });
  const unlimited = { age: null, bytes: null };
  expect(settings).toEqual({ trash: unlimited, backups: unlimited, inDoubt: problems[0] });
  expect(problems).toEqual([{ path: '.cairn/settings.yaml', problem: expect.stringContaining(sentence) }]);
});

test('what is wrong in the app’s settings suspends the limits of every run', () => {
  const { settings } = read({ app: '{{', run: 'trash: {max_age: 7d}\nbackups: {max_size: 0}' });
  expect([settings.trash.age, settings.backups.bytes]).toEqual([null, null]);
});

const piece = fc.constantFrom(
  ...[
    'trash',
    'backups',
    'max_age',
    'max_size',
    ': ',
    '\n',
    '  ',
    '{',
    '}',
    '7d',
    '20 GB',
    'null',
    '-1',
    '[',
    ']',
    '&a',
    '*a',
    '__proto__',
  ],
);

test('no text whatever is thrown over, and what it makes is always within reason', () => {
  const [own, data] = [temporaryFolder(), temporaryFolder()];
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      put(own, 'settings.yaml', pieces.join(''));
      const { trash, backups } = readSettings(own, data).settings;
      for (const limit of [trash.age, trash.bytes, backups.age, backups.bytes])
        expect(limit === null || (Number.isSafeInteger(limit) && limit >= 0)).toBe(true);
    }),
    { numRuns: 500 },
  );
});
