import { expect, test } from 'vitest';
import { layoutSuite } from '../layout-suite.ts';
import { signsOf } from '../run-signs.fixture.ts';
import { tensorFlow } from './layout.ts';

layoutSuite(tensorFlow, {
  names: {},
  runs: [
    {
      ids: ['ckpt-1.index', 'ckpt-2.index'],
      claim: { sureness: 'likely', why: 'its checkpoints are .index and .data files' },
    },
    { ids: ['a.pt', 'b.pt', 'model.ckpt-10.data-00000-of-00001'], claim: { sureness: 'possible' } },
    { ids: ['model.ckpt', 'index.pt'], claim: null },
    { ids: [], claim: null },
  ],
});

test.each([
  ['model.ckpt-1000.index', 1000, 1000, []],
  ['cp-0005.ckpt.index', 5, null, [['epoch', 5]]],
  ['ckpt-3.index', 3, null, [['checkpoint_number', 3]]],
  ['ckpt-3.data-00000-of-00002', 3, null, [['checkpoint_number', 3]]],
])('reads what %s says', (name, version, step, metrics) => {
  expect(tensorFlow.readName?.(name, () => false)).toMatchObject({ version, step, metrics });
});

test.each(['weights.index', 'ckpt-3.pt', '.index'])('reads nothing in %s', (name) => {
  expect(tensorFlow.readName?.(name, () => false)).toBeNull();
});

test.each([
  ['model_checkpoint_path: "ckpt-2"\nall_model_checkpoint_paths: "ckpt-1"\n', 'ckpt-2.index'],
  ['model_checkpoint_path: "/home/some\\"body/out/ckpt-1"\n', 'ckpt-1.index'],
  ['model_checkpoint_path: "ckpt-9"\n', undefined],
  ['all_model_checkpoint_paths: "ckpt-1"\n', undefined],
  [null, undefined],
])('the newest is the one that the state file names, where it is there: %j', (text, last) => {
  const read = (path: string) => (path === 'checkpoint' ? text : null);
  const claim = tensorFlow.recognise(signsOf(['ckpt-1.index', 'ckpt-2.index'], { read }));
  expect(claim?.last).toBe(last);
});
