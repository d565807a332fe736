import { layoutSuite } from '../layout-suite.ts';
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
  runs: [
    {
      ids: ['checkpoints/epoch=0-step=10.ckpt', 'checkpoints/last.ckpt'],
      claim: { sureness: 'likely', why: 'its checkpoints are named epoch=E-step=S' },
    },
    { ids: ['a.pt', 'b.pt', 'epoch=0-step=10.ckpt'], claim: { sureness: 'possible' } },
    { ids: ['last.ckpt', 'model.ckpt'], claim: null },
    { ids: [], claim: null },
  ],
});
