import { layoutSuite } from '../layout-suite.ts';
import { rlZoo } from './layout.ts';

const root = '/logs/ppo/CartPole-v1_1';
const uuid = '0b6a2a4e-7a07-4c31-9b1c-5d4f3e2a1b0c';
const ids = ['CartPole-v1.zip', 'best_model.zip'];

layoutSuite(rlZoo, {
  names: { 'CartPole-v1.zip': null },
  runs: [
    { ids, root, there: ['CartPole-v1/config.yml'], claim: { sureness: 'likely' } },
    { ids, root, there: ['CartPole-v1/args.yml'], claim: { sureness: 'likely' } },
    { ids, root: `${root}_${uuid}`, there: ['CartPole-v1/config.yml'], claim: { sureness: 'likely' } },
    { ids, root: '/logs/ppo/.._3', there: ['../config.yml'], claim: null },
    { ids, root, there: ['config.yml'], claim: null },
    { ids, root: '/logs/ppo/CartPole-v1', there: ['CartPole-v1/config.yml'], claim: null },
  ],
});
