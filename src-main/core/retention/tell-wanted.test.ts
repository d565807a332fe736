import { expect, test } from 'vitest';
import type { RecognisedLayout } from '../../../shared/model/recognised-layout.ts';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { tellWanted } from './tell-wanted.ts';

const lightning: RecognisedLayout = {
  layout: 'lightning',
  name: 'Lightning',
  sureness: 'sure',
  why: '',
  best: 'a.ckpt',
  last: 'b.ckpt',
};

test.each([
  ['checkpoints/checkpoint.pt', ['training resumes from it']],
  ['a.ckpt', ['Lightning keeps it as the best']],
  ['b.ckpt', ['Lightning goes on from it']],
  ['weights/best.pt', ['its name says that it is the best']],
  ['checkpoint_best.pt', ['its name says that it is the best']],
  ['model-final.pth', ['its name says that it is the last']],
  ['last.pth.tar', ['its name says that it is the last']],
  ['best_3.pt', []],
  ['model_v0001_reward0.5.pt', []],
  ['bestiary.pt', []],
  ['e_7.pt', []],
])('%s is wanted for %j', (id, why) => {
  expect(tellWanted({ config: defaultStorageConfig, recognised: lightning, lent: [] })(id)).toEqual(why);
});

test('where it keeps several, of each policy or metric one, all of them are wanted', () => {
  const several = {
    ...lightning,
    last: null,
    bests: ['a.ckpt', 'c.ckpt'],
    lasts: ['d.ckpt', 'e.ckpt'],
    finals: ['f.ckpt'],
    others: [{ name: 'Keras', keeps: ['g.keras'] }],
  };
  const why = tellWanted({ config: defaultStorageConfig, recognised: several, lent: [] });
  expect(['a.ckpt', 'c.ckpt', 'd.ckpt', 'e.ckpt', 'f.ckpt', 'g.keras'].map(why)).toEqual([
    ['Lightning keeps it as the best'],
    ['Lightning keeps it as a best'],
    ['Lightning goes on from it'],
    ['Lightning goes on from it'],
    ['training ended with it'],
    ['Keras keeps it'],
  ]);
});

test('one that both are is told twice, and a run of no framework wants what names say alone', () => {
  const both = { ...lightning, last: 'a.ckpt' };
  expect(tellWanted({ config: defaultStorageConfig, recognised: both, lent: [] })('a.ckpt')).toHaveLength(2);
  expect(tellWanted({ config: defaultStorageConfig, recognised: null, lent: [] })('a.ckpt')).toEqual([]);
});
