import { layoutSuite } from '../layout-suite.ts';
import { timm } from './layout.ts';

layoutSuite(timm, {
  names: {
    'checkpoint-9.pth.tar': { metrics: [['epoch', 9]] },
    'recovery-3-1200.pth.tar': { metrics: [['epoch', 3]] },
    'model_best.pth.tar': { isBest: true },
    'last.pth.tar': null,
    'checkpoint.pth.tar': null,
    'checkpoint-9.pth': null,
  },
  leftovers: ['tmp.pth.tar'],
  others: ['data.tar', 'images.pt.d.tar', '.pth.tar', 'model.pth.tar.txt'],
  runs: [
    {
      ids: ['checkpoint-9.pth.tar', 'last.pth.tar', 'model_best.pth.tar', 'checkpoint-10.pth.tar'],
      claim: { sureness: 'likely', best: 'model_best.pth.tar', last: 'last.pth.tar' },
    },
    { ids: ['checkpoint.pth.tar', 'model_best.pth.tar'], claim: null },
  ],
});
