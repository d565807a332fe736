import { layoutSuite } from '../layout-suite.ts';
import { rllib } from './layout.ts';

const policy = ['policies/', 'policies/default_policy/', 'policies/default_policy/policy_state.pkl'];
const fresh = ['class_and_ctor_args.pkl', 'metadata.json', 'state.pkl', 'learner_group/', 'env_runner/'];

layoutSuite(rllib, {
  names: {},
  folders: [
    {
      name: 'checkpoint_000010',
      inside: ['rllib_checkpoint.json', 'algorithm_state.pkl', ...policy],
      version: { main: 'algorithm_state.pkl' },
    },
    { name: 'checkpoint_000010', inside: fresh, version: { main: 'state.pkl' } },
    {
      name: 'checkpoint_000010',
      inside: ['algorithm_state.pkl', ...policy],
      version: {
        main: 'algorithm_state.pkl',
        missing: ['no rllib_checkpoint.json: the save was not finished'],
      },
    },
    {
      name: 'checkpoint_000010',
      inside: ['class_and_ctor_args.pkl', 'metadata.json'],
      version: { main: 'metadata.json', missing: ['its state is missing: no state.pkl'] },
    },
    { name: 'checkpoint_000010', inside: ['state.pkl', 'metadata.json'], version: null },
  ],
  runs: [
    {
      ids: ['checkpoint_000010/algorithm_state.pkl'],
      claim: { sureness: 'likely', last: 'checkpoint_000010/algorithm_state.pkl' },
    },
    { ids: ['checkpoint_000010/model.pt'], claim: null },
  ],
});
