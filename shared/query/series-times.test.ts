import { expect, test } from 'vitest';
import { seriesTimes } from './series-times.ts';

/** The ids, oldest first, of files that were copied in the order given. */
function order(...ids: string[]): string[] {
  const files = ids.map((id, index) => ({ id, modifiedAt: index }));
  const times = seriesTimes(files);
  const timeOf = ({ id, modifiedAt }: { id: string; modifiedAt: number }) => times.get(id) ?? modifiedAt;
  return files.toSorted((a, b) => timeOf(a) - timeOf(b)).map(({ id }) => id);
}

test.each([
  [
    ['model_0.pt', 'model_1499.pt', 'model_50.pt'],
    ['model_0.pt', 'model_50.pt', 'model_1499.pt'],
  ],
  [
    ['ckpt10/a.pt', 'ckpt9/a.pt'],
    ['ckpt9/a.pt', 'ckpt10/a.pt'],
  ],
  [
    ['epoch=10-val_loss=0.30.ckpt', 'epoch=9-val_loss=0.50.ckpt'],
    ['epoch=9-val_loss=0.50.ckpt', 'epoch=10-val_loss=0.30.ckpt'],
  ],
])('a series was written in the order of its numbers: %j', (copied, written) => {
  expect(order(...copied)).toEqual(written);
});

test('what is not of the series stays where its own time is, and a series keeps its times', () => {
  expect(order('best.pt', 'e_10.pt', 'e_9.pt', 'last.pt')).toEqual([
    'best.pt',
    'e_9.pt',
    'e_10.pt',
    'last.pt',
  ]);
  expect(order('e_10.pt', 'best.pt', 'e_9.pt')).toEqual(['e_9.pt', 'best.pt', 'e_10.pt']);
});

test.each([
  ['two numbers that differ', ['b_2_9.pt', 'a_1_5.pt', 'a_0_7.pt']],
  ['one number twice', ['m_02.pt', 'm_1.pt', 'm_2.pt']],
  ['no number', ['b.pt', 'a.pt']],
])('%s tell nothing: the times of the files count', (_, copied) => {
  expect(order(...copied)).toEqual(copied);
});
