import { layoutSuite } from '../layout-suite.ts';
import { spinningUp } from './layout.ts';

layoutSuite(spinningUp, {
  names: { 'model.pt': null, 'model50.pt': null },
  runs: [
    {
      ids: ['pyt_save/model.pt'],
      there: ['progress.txt'],
      claim: {
        sureness: 'likely',
        why: 'its checkpoints are in pyt_save/ beside progress.txt',
        last: 'pyt_save/model.pt',
      },
    },
    {
      ids: ['pyt_save/model9.pt', 'pyt_save/model10.pt', 'pyt_save/model.pt'],
      there: ['progress.txt'],
      claim: { last: 'pyt_save/model10.pt' },
    },
    { ids: ['pyt_save/model.pt'], claim: null },
    { ids: ['model.pt'], there: ['progress.txt'], claim: null },
  ],
});
