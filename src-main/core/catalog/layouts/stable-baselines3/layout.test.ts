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
  folders: [
    {
      name: 'best_model',
      inside: ['best_model.zip', 'vecnormalize.pkl'],
      version: { main: 'best_model.zip' },
    },
    { name: 'best_model', inside: ['best_model.zip', 'evaluations.npz'], version: null },
    { name: 'best_model', inside: ['best_model.zip', 'rl_model_10_steps.zip'], version: null },
    { name: 'best_model', inside: ['other.zip'], version: null },
  ],
  runs: [
    {
      ids: ['rl_model_1000_steps.zip', 'best_model/best_model.zip'],
      claim: { sureness: 'likely', best: 'best_model/best_model.zip' },
    },
    { ids: ['rl_model_1000_steps.zip'], claim: { sureness: 'likely' } },
    { ids: ['best_model.zip'], there: ['evaluations.npz'], claim: { sureness: 'likely' } },
    { ids: ['best_model.zip'], claim: null },
  ],
});
