import { expect, test } from 'vitest';
import { layoutSuite } from '../layout-suite.ts';
import { signsOf } from '../run-signs.fixture.ts';
import { sampleFactory } from './layout.ts';

layoutSuite(sampleFactory, {
  names: {
    'checkpoint_000000978_4005888.pth': { step: 4_005_888, metrics: [['train_step', 978]] },
    'best_000001500_6144000_reward_-12.500.pth': {
      step: 6_144_000,
      metrics: [
        ['train_step', 1500],
        ['reward', -12.5],
      ],
      isBest: true,
    },
    'best_000001500_6144000_true_objective_0.125.pth': {
      step: 6_144_000,
      metrics: [
        ['train_step', 1500],
        ['true_objective', 0.125],
      ],
      isBest: true,
    },
    'checkpoint_12.pth': null,
    'checkpoint_978_4005888.pth': null,
    'best_model.pth': null,
  },
  leftovers: ['checkpoint_temp', 'best_temp'],
  others: ['my_checkpoint_temp', 'temp'],
  runs: [
    { ids: ['checkpoint_p0/checkpoint_000000978_4005888.pth'], claim: { sureness: 'likely' } },
    { ids: ['checkpoint_p0/model.pth'], claim: null },
  ],
});

test('of several policies each keeps a best of its own, and none is the best', () => {
  const bestOf = (policy: number) => `checkpoint_p${policy}/best_000001500_6144000_reward_1.500.pth`;
  const claim = (...ids: string[]) => sampleFactory.recognise(signsOf(ids));
  expect(claim(bestOf(1))).toMatchObject({ best: bestOf(1) });
  expect(claim(bestOf(1), bestOf(0))).toMatchObject({ bests: [bestOf(0), bestOf(1)] });
  expect(claim(bestOf(0), bestOf(1))).not.toHaveProperty('best');
});

test('each policy goes on from the last checkpoint by name, which no milestone is', () => {
  const at = (policy: number, steps: string) => `checkpoint_p${policy}/checkpoint_${steps}.pth`;
  const claim = (...ids: string[]) => sampleFactory.recognise(signsOf(ids, { withMetric: () => ids }));
  const milestone = 'checkpoint_p0/milestones/checkpoint_000009999_40000000.pth';
  const [early, late] = [at(0, '000000978_4005888'), at(0, '000001956_8011776')];
  expect(claim(late, early, milestone)).toMatchObject({ last: late });
  const other = at(1, '000000978_4005888');
  expect(claim(other, late, early)).toMatchObject({ lasts: [late, other] });
  expect(claim(other, late, early)).not.toHaveProperty('last');
});
