import { layoutSuite } from '../layout-suite.ts';
import { fairseq } from './layout.ts';

layoutSuite(fairseq, {
  beside: ['checkpoint_last.pt'],
  names: {
    'checkpoint12.pt': { metrics: [['epoch', 12]] },
    'checkpoint_12_50000.pt': { step: 50_000, metrics: [['epoch', 12]] },
    'checkpoint_best.pt': { isBest: true },
    'checkpoint_last.pt': null,
    'checkpoint.best_loss_3.4503.pt': null,
    'checkpoint12.pth': null,
  },
  runs: [
    {
      ids: ['checkpoints/checkpoint1.pt', 'checkpoints/checkpoint_best.pt', 'checkpoints/checkpoint_last.pt'],
      claim: {
        sureness: 'likely',
        best: 'checkpoints/checkpoint_best.pt',
        last: 'checkpoints/checkpoint_last.pt',
      },
    },
    { ids: ['a.pt', 'b.pt', 'checkpoint_last.pt'], claim: { sureness: 'possible' } },
    { ids: ['checkpoint1.pt', 'checkpoint2.pt'], claim: null },
  ],
});
