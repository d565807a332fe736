import { expect, test } from 'vitest';
import { layoutSuite } from '../layout-suite.ts';
import { signsOf } from '../run-signs.fixture.ts';
import { megatron } from './layout.ts';

const model = 'model_optim_rng.pt';

layoutSuite(megatron, {
  names: {},
  others: [model, 'model_rng.pt', 'distrib_optim.pt'],
  folders: [
    {
      name: 'iter_0000100',
      inside: ['mp_rank_01/', `mp_rank_01/${model}`, 'mp_rank_00/', `mp_rank_00/${model}`],
      version: { main: `mp_rank_00/${model}` },
    },
    {
      name: 'iter_0000100',
      inside: ['mp_rank_00_000/', `mp_rank_00_000/${model}`, 'mp_rank_00_001/'],
      version: { main: `mp_rank_00_000/${model}`, missing: [`mp_rank_00_001/${model} is missing`] },
    },
    { name: 'iter_0000100', inside: ['mp_rank_00/', 'mp_rank_00/notes.txt'], version: null },
    { name: 'run_0000100', inside: ['mp_rank_00/', `mp_rank_00/${model}`], version: null },
  ],
  runs: [
    { ids: [`iter_0000100/mp_rank_00/${model}`], claim: { sureness: 'likely' } },
    { ids: ['iter_0000100/model.pt'], claim: null },
  ],
});

test('what its text file says is what a training goes on from', () => {
  const ids = [`iter_0000100/mp_rank_00/${model}`, `iter_0000200/mp_rank_00/${model}`];
  const lastBy = (text: string | null) => megatron.recognise(signsOf(ids, { read: () => text }))?.last;
  expect(lastBy('100\n')).toBe(ids[0]);
  expect(lastBy('release')).toBeUndefined();
  expect(lastBy(null)).toBeUndefined();
});
