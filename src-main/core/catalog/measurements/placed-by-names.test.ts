import { expect, test } from 'vitest';
import { logFileOf } from './log-file.ts';
import { placedByNames } from './placed-by-names.ts';
import { readCsvLog } from './read-csv-log.ts';
import { sourceOf } from './read-log.fixture.ts';
import { readLog } from './read-log.ts';

async function placeIn(path: string, text: string, id: string) {
  const { log } = await readCsvLog(sourceOf(text));
  return placedByNames(log, logFileOf('', path, 'table')).placeOf?.({ id, step: null }) ?? null;
}

test.each([
  ['Ultralytics, which counts lines from 1', 'epoch,a\n1,5\n2,6\n', 11],
  ['YOLOv5, which counts both from 0', 'epoch,a\n0,5\n1,6\n', 10],
])('a file of an epoch of %s, is of its line', async (_, text, at) => {
  expect(await placeIn('results.csv', text, 'weights/epoch10.pt')).toEqual({ axis: 'epoch', at });
});

test('a file of an epoch of Spinning Up is of that epoch', async () => {
  const text = 'Epoch\tAverageEpRet\n0\t1\n';
  expect(await placeIn('progress.txt', text, 'pyt_save/model3.pt')).toEqual({ axis: 'epoch', at: 3 });
});

test('no other name, and no other log, tells a line', async () => {
  const text = 'epoch,a\n1,5\n';
  for (const id of ['weights/best.pt', 'weights/epoch1.pth', 'model1.pt'])
    expect(await placeIn('results.csv', text, id)).toBeNull();
  expect(await placeIn('metrics.csv', text, 'weights/epoch1.pt')).toBeNull();
});

test.each([
  ['epoch_02.keras', 1],
  ['model.02-0.31.keras', 1],
  ['checkpoints/weights.02-0.47.h5', 1],
  ['cp-0012.weights.h5', 11],
])(
  '%s of Keras, whose names count epochs from 1 and whose CSVLogger counts from 0, is of line %i',
  async (id, at) => {
    expect(await placeIn('metrics.csv', 'epoch,loss,val_loss\n0,1,1.1\n1,0.5,0.4\n', id)).toEqual({
      axis: 'epoch',
      at,
    });
  },
);

test('a log of epochs that counts from 1, or by steps, is of those of Keras as it stands', async () => {
  const id = 'model.02-0.31.keras';
  expect(await placeIn('history.csv', 'epoch,loss\n1,0.5\n2,0.4\n', id)).toEqual({ axis: 'epoch', at: 2 });
  expect(await placeIn('metrics.csv', 'epoch,step,loss\n0,9,0.5\n', id)).toBeNull();
});

test('a file of an iteration of Detectron2 is of that line; another metrics.json is no log, and no fault', async () => {
  const read = (text: string) => readLog(sourceOf(text), logFileOf('', 'metrics.json', 'tune-results'));
  const [log] = (await read('{"iteration": 19, "total_loss": 2.5}\n{"iteration": 39, "total_loss": 1.5}\n'))
    .logs;
  expect(log?.placeOf?.({ id: 'model_0000039.pth', step: 39 })).toEqual({ axis: 'iteration', at: 39 });
  for (const text of ['{"accuracy": 0.5}\n', '{\n  "accuracy": 0.5\n}\n', 'no JSON\n'])
    expect((await read(text)).logs).toEqual([]);
});

test.each(['results.csv', 'history.csv', 'summary.csv', 'progress.txt'])(
  '%s of somebody else is no log, and no fault; one of a training is one',
  async (name) => {
    const read = (text: string) => readLog(sourceOf(text), logFileOf('', name, 'table'));
    expect((await read('name,score\nfirst,1\n')).logs).toEqual([]);
    expect((await read('epoch,loss\n1,2\n')).logs).toHaveLength(1);
  },
);
