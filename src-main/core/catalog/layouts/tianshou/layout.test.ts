import { layoutSuite } from '../layout-suite.ts';
import { tianshou } from './layout.ts';

layoutSuite(tianshou, {
  names: { 'checkpoint_10.pth': { metrics: [['epoch', 10]] }, 'checkpoint.pth': null, 'policy.pth': null },
  beside: ['policy.pth'],
  runs: [
    { ids: ['policy.pth', 'checkpoint_1.pth'], claim: { sureness: 'likely' } },
    { ids: ['policy.pth', 'checkpoint.pth', 'a.pt', 'b.pt', 'c.pt'], claim: { sureness: 'possible' } },
    { ids: ['policy.pth'], claim: null },
    { ids: ['checkpoint_1.pth'], claim: null },
  ],
});
