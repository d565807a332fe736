import { expect, test } from 'vitest';
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

test('the best policy is one beside a checkpoint', () => {
  const isBest = (beside: string) => tianshou.readName?.('policy.pth', (name) => name === beside)?.isBest;
  expect(['checkpoint.pth', 'checkpoint_1.pth', 'model.pth'].map(isBest)).toEqual([true, true, undefined]);
});
