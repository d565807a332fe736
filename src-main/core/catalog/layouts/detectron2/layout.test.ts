import { expect, test } from 'vitest';
import { layoutSuite } from '../layout-suite.ts';
import { signsOf } from '../run-signs.fixture.ts';
import { detectron2 } from './layout.ts';

const ids = ['model_0004999.pth', 'model_0009999.pth', 'model_final.pth'];

layoutSuite(detectron2, {
  beside: ['last_checkpoint'],
  names: {
    'model_0004999.pth': { step: 4999 },
    'model_final.pth': null,
    'model_4999.pth': null,
    'model_0004999.pt': null,
  },
  runs: [
    {
      ids,
      there: ['last_checkpoint'],
      claim: {
        sureness: 'likely',
        why: 'its checkpoints are named model_ITERATION.pth beside last_checkpoint',
      },
    },
    { ids, claim: null },
    { ids: ['a.pth'], there: ['last_checkpoint'], claim: null },
  ],
});

test.each([
  ['model_final.pth\n', 'model_final.pth'],
  ['../elsewhere/model_final.pth', undefined],
  [null, undefined],
])('it goes on from what last_checkpoint names, where that is a version of the run: %j', (text, last) => {
  const signs = signsOf(ids, { has: () => true, read: () => text });
  expect(detectron2.recognise(signs)?.last).toBe(last);
});
