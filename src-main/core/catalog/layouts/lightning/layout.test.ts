import { expect, test } from 'vitest';
import { layoutSuite } from '../layout-suite.ts';
import { signsOf } from '../run-signs.fixture.ts';
import { lightning } from './layout.ts';

layoutSuite(lightning, {
  names: {
    'epoch=0-step=10.ckpt': { step: 10, metrics: [['epoch', 0]] },
    'epoch=12-step=3400-v1.ckpt': { step: 3400, metrics: [['epoch', 12]] },
    'epoch=01-val_loss=0.32.ckpt': {
      metrics: [
        ['epoch', 1],
        ['val_loss', 0.32],
      ],
    },
    'epoch=1-step=20-val_loss=-0.25-v2.ckpt': {
      step: 20,
      metrics: [
        ['epoch', 1],
        ['val_loss', -0.25],
      ],
    },
    'epoch=2-step=30-val_loss=nan.ckpt': {
      step: 30,
      metrics: [
        ['epoch', 2],
        ['val_loss', Number.NaN],
      ],
    },
    'epoch=3-step=40-val-acc=1e-05.ckpt': {
      step: 40,
      metrics: [
        ['epoch', 3],
        ['val-acc', 0.00001],
      ],
    },
    'epoch=3-loss=inf.ckpt': {
      metrics: [
        ['epoch', 3],
        ['loss', Number.POSITIVE_INFINITY],
      ],
    },
    'sample-mnist-epoch=02-val_loss=0.32.ckpt': {
      metrics: [
        ['epoch', 2],
        ['val_loss', 0.32],
      ],
    },
    'step=500.ckpt': { step: 500 },
    'epoch=3-step=40-EMA.ckpt': { step: 40, metrics: [['epoch', 3]] },
    'last.ckpt': null,
    'last-v1.ckpt': null,
    'hpc_ckpt_3.ckpt': null,
    'lr=0.1.ckpt': null,
    'epoch=one.ckpt': null,
    'epoch=1.pt': null,
  },
  folders: [
    { name: 'last.ckpt', inside: ['.metadata', '__0_0.distcp', 'meta.pt'], version: { main: '.metadata' } },
    {
      name: 'epoch=0-step=10.ckpt',
      inside: ['__0_0.distcp', '__1_0.distcp'],
      version: {
        main: '__0_0.distcp',
        missing: ['no .metadata: the save was not finished', 'meta.pt is missing'],
      },
    },
    {
      name: 'epoch=0-step=10.ckpt',
      inside: [
        'checkpoint/',
        'checkpoint/mp_rank_00_model_states.pt',
        'checkpoint/zero_pp_rank_0_mp_rank_00_optim_states.pt',
        'checkpoint/zero_pp_rank_2_mp_rank_00_optim_states.pt',
        'zero_to_fp32.py',
        'latest',
      ],
      version: {
        main: 'checkpoint/mp_rank_00_model_states.pt',
        missing: ['the optimizer of process 1 is missing'],
      },
    },
    {
      name: 'a.ckpt',
      inside: ['checkpoint/', 'checkpoint/zero_pp_rank_0_mp_rank_00_optim_states.pt', 'latest'],
      version: {
        main: 'checkpoint/zero_pp_rank_0_mp_rank_00_optim_states.pt',
        missing: ['checkpoint/mp_rank_00_model_states.pt is missing'],
      },
    },
    {
      name: 'a.ckpt',
      inside: ['checkpoint/', 'latest'],
      version: { main: 'latest', missing: ['checkpoint/mp_rank_00_model_states.pt is missing'] },
    },
    { name: 'a.ckpt', inside: ['notes.txt'], version: null },
    { name: 'epoch=3-val', inside: ['loss=0.25.ckpt'], version: { main: 'loss=0.25.ckpt' } },
    {
      name: 'run-epoch=3-train_loss=0.50-val',
      inside: ['acc=1.ckpt', 'notes.txt'],
      version: { main: 'acc=1.ckpt' },
    },
    { name: 'epoch=3-val', inside: ['loss=0.25.ckpt', 'loss=0.25-v1.ckpt'], version: null },
    { name: 'epoch=3-val', inside: ['model.ckpt'], version: null },
  ],
  runs: [
    {
      ids: ['checkpoints/epoch=0-step=10.ckpt/.metadata', 'checkpoints/epoch=1-step=20.ckpt/.metadata'],
      claim: { sureness: 'likely' },
    },
    {
      ids: ['checkpoints/epoch=0-step=10.ckpt', 'checkpoints/last.ckpt'],
      claim: {
        sureness: 'likely',
        why: 'its checkpoints are named epoch=E-step=S',
        last: 'checkpoints/last.ckpt',
      },
    },
    {
      ids: ['a/epoch=0-step=10.ckpt', 'a/last.ckpt', 'a/last-v2.ckpt', 'a/last-v1.ckpt'],
      claim: { last: 'a/last-v2.ckpt' },
    },
    {
      ids: ['a/epoch=0-step=10.ckpt/.metadata', 'a/last.ckpt/.metadata'],
      claim: { last: 'a/last.ckpt/.metadata' },
    },
    { ids: ['a.pt', 'b.pt', 'epoch=0-step=10.ckpt'], claim: { sureness: 'possible' } },
    { ids: ['last.ckpt', 'model.ckpt'], claim: null },
    { ids: [], claim: null },
  ],
});

test.each([
  ['epoch=1-step=20.ckpt', 'epoch=1-step=20.ckpt'],
  ['epoch=0-step=10.ckpt', 'epoch=0-step=10.ckpt/.metadata'],
  ['elsewhere.ckpt', undefined],
  [null, undefined],
])('where last.ckpt is a link to %s, %s is what it goes on from', (target, last) => {
  const leadsTo = (path: string) => (path === 'last.ckpt' ? target : null);
  const ids = ['epoch=0-step=10.ckpt/.metadata', 'epoch=1-step=20.ckpt'];
  expect(lightning.recognise(signsOf(ids, { leadsTo }))?.last).toBe(last);
});

test('a name with a slash in it says what it would without', () => {
  const read = (folder: string, main: string) => lightning.versionFolder?.readName?.(folder, main);
  expect(read('epoch=3-val', 'loss=0.25-v1.ckpt')).toEqual({
    step: null,
    episode: null,
    metrics: [
      ['epoch', 3],
      ['val/loss', 0.25],
    ],
    isBest: false,
  });
  expect(read('epoch=3-step=40.ckpt', '.metadata')).toMatchObject({ step: 40 });
});
