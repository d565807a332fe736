import { expect, test } from 'vitest';
import { layoutSuite } from '../layout-suite.ts';
import { signsOf } from '../run-signs.fixture.ts';
import { deepSpeed } from './layout.ts';

const states = 'mp_rank_00_model_states.pt';
const optimizer = (rank: number) => `zero_pp_rank_${rank}_mp_rank_00_optim_states.pt`;

layoutSuite(deepSpeed, {
  names: {},
  others: [
    states,
    optimizer(0),
    'bf16_zero_pp_rank_0_mp_rank_00_optim_states.pt',
    'zero_pp_rank_1_mp_rank_00_model_states.pt',
    'layer_00-model_states.pt',
    'layer_0_expert_1_mp_rank_00_model_states.pt',
  ],
  folders: [
    { name: 'global_step200', inside: [states, optimizer(0), optimizer(1)], version: { main: states } },
    {
      name: 'global_step200',
      inside: [optimizer(0), optimizer(1)],
      version: { main: optimizer(0), missing: [`${states} is missing`] },
    },
    {
      name: 'best_model',
      inside: [states, optimizer(0), optimizer(2)],
      version: { main: states, missing: ['the optimizer of process 1 is missing'] },
    },
    {
      name: 'checkpoint-500',
      inside: ['latest', 'pytorch_model/', `pytorch_model/${states}`, 'random_states_0.pkl', 'scheduler.bin'],
      version: { main: `pytorch_model/${states}` },
    },
    {
      name: 'step_500',
      inside: ['pytorch_model/', `pytorch_model/${states}`],
      version: { main: `pytorch_model/${states}`, missing: ['no latest: the save was not finished'] },
    },
    { name: 'global_step200', inside: ['latest', 'notes.txt'], version: null },
    { name: 'global_step200', inside: ['pytorch_model/', 'pytorch_model/notes.txt'], version: null },
  ],
  runs: [
    {
      ids: [`global_step100/${states}`, `global_step200/${states}`],
      claim: { sureness: 'likely', why: 'its checkpoints are folders with a file of each process' },
    },
    { ids: [`epoch=0-step=10.ckpt/checkpoint/${states}`, 'model.pt'], claim: null },
    { ids: ['model.pt'], claim: null },
  ],
});

test('what its file named latest says is what a training goes on from', () => {
  const ids = [`global_step100/${states}`, `global_step200/${states}`];
  const lastBy = (text: string | null) => deepSpeed.recognise(signsOf(ids, { read: () => text }))?.last;
  expect(lastBy('global_step100\n')).toBe(ids[0]);
  expect(lastBy('global_step300')).toBeUndefined();
  expect(lastBy(null)).toBeUndefined();
});
