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
    {
      name: 'checkpoint_10',
      inside: ['.is_checkpoint', 'checkpoint-10', 'checkpoint-10.tune_metadata'],
      version: { main: 'checkpoint-10' },
    },
    {
      name: 'checkpoint_000010',
      inside: ['checkpoint-10'],
      version: {
        main: 'checkpoint-10',
        missing: ['no checkpoint-10.tune_metadata: the save was not finished'],
      },
    },
    { name: 'checkpoint_10', inside: ['checkpoint-1', 'checkpoint-1.tune_metadata'], version: null },
  ],
  runs: [
    {
      ids: ['checkpoint_000010/algorithm_state.pkl'],
      claim: { sureness: 'likely', last: 'checkpoint_000010/algorithm_state.pkl' },
    },
    {
      ids: ['checkpoint_9/checkpoint-9', 'checkpoint_10/checkpoint-10'],
      claim: { sureness: 'likely', last: 'checkpoint_10/checkpoint-10' },
    },
    { ids: ['checkpoint_000010/model.pt'], claim: null },
  ],
});
