import { layoutSuite } from '../layout-suite.ts';
import { keras } from './layout.ts';

layoutSuite(keras, {
  names: {
    'model.keras': null,
    'anything.weights.h5': null,
    'my_model.h5': null,
    'cp-0005.weights.h5': { version: 5, metrics: [['epoch', 5]] },
    'model.01-0.52.keras': {
      version: 1,
      metrics: [
        ['epoch', 1],
        ['val_loss', 0.52],
      ],
    },
    'weights.03--0.47.hdf5': {
      version: 3,
      metrics: [
        ['epoch', 3],
        ['val_loss', -0.47],
      ],
    },
    '10-nan.h5': {
      version: 10,
      metrics: [
        ['epoch', 10],
        ['val_loss', Number.NaN],
      ],
    },
    'weights-improvement-05-0.76.hdf5': { version: 5, metrics: [['epoch', 5]] },
    'weights.05.keras': { version: 5 },
    'ckpt-12.weights.h5': { version: 12, step: 12 },
    'model_epoch_07.keras': { version: 7, metrics: [['epoch', 7]] },
    'best_val-0.05.keras': null,
    'model-1e-05.keras': null,
    'model-1.5-0.3.keras': null,
    'model-2024-01-15.h5': null,
  },
  others: [
    'observations.h5',
    'replay_buffer.hdf5',
    'data.h5',
    '.keras',
    '.h5',
    'final_dataset.hdf5',
    'best_trajectories.h5',
    'ep_0001.h5',
    '2024-05.h5',
  ],
  runs: [
    { ids: ['model.keras'], claim: { sureness: 'likely', why: 'its checkpoints end in .keras or .h5' } },
    { ids: ['model.pt'], claim: null },
  ],
});
