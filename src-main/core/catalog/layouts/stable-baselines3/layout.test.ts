import { layoutSuite } from '../layout-suite.ts';
import { stableBaselines3 } from './layout.ts';

layoutSuite(stableBaselines3, {
  names: { 'rl_model_1000_steps.zip': null, 'best_model.zip': { isBest: true } },
  companions: {
    'rl_model_1000_steps.zip': [
      'rl_model_vecnormalize_1000_steps.pkl',
      'rl_model_replay_buffer_1000_steps.pkl',
    ],
    '_5_steps.zip': ['_vecnormalize_5_steps.pkl', '_replay_buffer_5_steps.pkl'],
  },
  others: ['vecnormalize.pkl', 'rl_model_other_1000_steps.pkl', 'evaluations.npz'],
  runs: [
    { ids: ['rl_model_1000_steps.zip'], claim: { sureness: 'likely' } },
    { ids: ['best_model.zip'], there: ['evaluations.npz'], claim: { sureness: 'likely' } },
    { ids: ['best_model.zip'], claim: null },
  ],
});
