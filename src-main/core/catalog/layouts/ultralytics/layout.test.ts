import { layoutSuite } from '../layout-suite.ts';
import { ultralytics } from './layout.ts';

layoutSuite(ultralytics, {
  names: { 'best.pt': null, 'last.pt': null, 'epoch10.pt': null },
  runs: [
    {
      ids: ['weights/best.pt', 'weights/epoch10.pt', 'weights/last.pt'],
      there: ['args.yaml', 'results.csv'],
      claim: {
        sureness: 'likely',
        why: 'it has weights/best.pt beside args.yaml',
        best: 'weights/best.pt',
        last: 'weights/last.pt',
      },
    },
    { ids: ['weights/last.pt'], there: ['hyp.yaml'], claim: { last: 'weights/last.pt' } },
    { ids: ['weights/best.pt'], claim: null },
    { ids: ['best.pt', 'last.pt'], there: ['results.csv'], claim: null },
  ],
});
