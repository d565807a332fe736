import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../files/temporary-folder.fixture.ts';
import { type Dictionary, floatValue, type Value } from '../pickle/value.ts';
import { readContents } from '../read-contents.ts';
import { readNotes } from '../read-notes.ts';
import { openFileSource } from '../source.ts';
import { bestOfCallbacks, bestsOfCallbacks, scoresOf } from './model-checkpoints.ts';
import { noScalars } from './read-scalars.ts';

const dictOf = (values: Readonly<Record<string, Value>>): Dictionary => ({
  kind: 'dict',
  entries: new Map(Object.entries(values)),
});
const callback = (monitor: string | null, best: string, scores: Readonly<Record<string, Value>>) =>
  dictOf({ monitor, best_model_path: best, best_k_models: dictOf(scores) });
const entriesOf = (callbacks: Readonly<Record<string, Value>>) =>
  new Map<Value, Value>([['callbacks', dictOf(callbacks)]]);

test('each callback tells the file by the metric that it goes by', () => {
  const entries = entriesOf({
    "ModelCheckpoint{'monitor': 'loss'}": callback('loss', '/a/x.ckpt', { '/a/x.ckpt': 0.5 }),
    "ModelCheckpoint{'monitor': 'acc'}": callback('acc', 'C:\\a\\y.ckpt', {
      'C:\\a\\y.ckpt': floatValue(1),
      'C:\\a\\x.ckpt': 0.25,
    }),
    EarlyStopping: callback('other', '', { '/a/x.ckpt': 7 }),
  });
  expect(scoresOf(entries, 'x.ckpt', noScalars)).toEqual([
    ['loss', 0.5],
    ['acc', 0.25],
  ]);
  expect(scoresOf(entries, 'y.ckpt', noScalars)).toEqual([['acc', 1]]);
  expect(scoresOf(entries, 'last.ckpt', noScalars)).toEqual([]);
});

test('of two files of one name that measured otherwise neither tells', () => {
  const scores = { '/e=1-val/loss=0.2.ckpt': 0.21, '/e=2-val/loss=0.2.ckpt': 0.22 };
  const entries = entriesOf({ ModelCheckpoint: callback('val/loss', '', scores) });
  expect(scoresOf(entries, 'loss=0.2.ckpt', noScalars)).toEqual([]);
});

test('the best is that of one that goes by a metric: another keeps what is the last', () => {
  const [last, best] = [callback(null, '/a/last.ckpt', {}), callback('loss', '/a/best.ckpt', {})];
  expect(bestOfCallbacks(entriesOf({ ModelCheckpoint1: last, ModelCheckpoint2: best }))).toBe('best.ckpt');
  expect(bestOfCallbacks(entriesOf({ ModelCheckpoint1: last }))).toBe('last.ckpt');
  expect(bestOfCallbacks(new Map())).toBeNull();
});

test('of several that go by a metric each keeps a best', () => {
  const [last, loss, acc] = [
    callback(null, '/a/last.ckpt', {}),
    callback('loss', '/a/x.ckpt', {}),
    callback('acc', '/b/y.ckpt', {}),
  ];
  const bests = (callbacks: Readonly<Record<string, Value>>) => bestsOfCallbacks(entriesOf(callbacks));
  expect(bests({ ModelCheckpoint1: last, ModelCheckpoint2: loss, ModelCheckpoint3: acc })).toEqual([
    'x.ckpt',
    'y.ckpt',
  ]);
  expect(bests({ ModelCheckpoint1: last, ModelCheckpoint2: loss })).toEqual([]);
  expect(bests({ ModelCheckpoint1: loss, ModelCheckpoint2: loss })).toEqual([]);
});

test('a score that is a tensor is read, in what a list shows and in what the whole file tells', async () => {
  const written = join(
    import.meta.dirname,
    '../../../../e2e/fixtures/layouts/lightning-scores/checkpoints/epoch=1-val/acc=0.73.ckpt',
  );
  const read = async (path: string) => {
    const source = await openFileSource(path);
    const found = [(await readNotes(source))?.metrics, (await readContents(source)).metrics];
    await source.close();
    return found;
  };
  expect(await read(written)).toEqual([{ 'val/acc': 0.734375 }, { 'val/acc': 0.734375 }]);
  const renamed = join(temporaryFolder(), 'mine.ckpt');
  cpSync(written, renamed);
  expect(await read(renamed)).toEqual([null, null]);
});
