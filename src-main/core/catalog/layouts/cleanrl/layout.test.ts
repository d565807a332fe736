import { layoutSuite } from '../layout-suite.ts';
import { cleanRl } from './layout.ts';

const folder = '/runs/CartPole-v1__ppo__1__1700000000';

layoutSuite(cleanRl, {
  names: { 'ppo.cleanrl_model': null, 'ddpg_continuous_action.cleanrl_model': null },
  others: ['.cleanrl_model', 'cleanrl_model', 'a.cleanrl_models'],
  runs: [
    {
      ids: ['ppo.cleanrl_model'],
      claim: { sureness: 'likely', why: 'its checkpoints end in .cleanrl_model' },
    },
    { ids: ['agent.pt'], root: folder, claim: { sureness: 'possible' } },
    { ids: ['agent.pt'], root: '/runs/CartPole-v1__ppo', claim: null },
    { ids: [], root: folder, claim: null },
  ],
});
