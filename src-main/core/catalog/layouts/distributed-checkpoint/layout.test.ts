import { layoutSuite } from '../layout-suite.ts';
import { distributedCheckpoint } from './layout.ts';

layoutSuite(distributedCheckpoint, {
  names: {},
  folders: [
    {
      name: 'step-1000',
      inside: ['.metadata', '__0_0.distcp', '__1_0.distcp'],
      version: { main: '.metadata' },
    },
    {
      name: 'step-1000',
      inside: ['.metadata.tmp', '__1_0.distcp', '__0_0.distcp'],
      version: { main: '__0_0.distcp', missing: ['no .metadata: the save was not finished'] },
    },
    {
      name: 'step_1000',
      inside: ['model/', 'model/.metadata', 'model/__0_0.distcp', 'optim/', 'optim/__0_0.distcp'],
      version: { main: 'model/.metadata', missing: ['no optim/.metadata: the save was not finished'] },
    },
    { name: 'run-1', inside: ['model/', 'model/.metadata', 'model/__0_0.distcp'], version: null },
    { name: 'step-1000', inside: ['.metadata'], version: null },
  ],
  runs: [
    {
      ids: ['step-1000/.metadata'],
      claim: { sureness: 'likely', why: 'its checkpoints are folders with .distcp files' },
    },
    { ids: ['step-1000/model.pt'], claim: null },
  ],
});
