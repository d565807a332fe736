import { layoutSuite } from '../layout-suite.ts';
import { checkpointFolders } from './layout.ts';

layoutSuite(checkpointFolders, {
  names: { 'model.zip': null },
  folders: [
    {
      name: 'epoch_2',
      inside: ['model.safetensors', 'optimizer.bin'],
      version: { main: 'model.safetensors', missing: ['no random_states_0.pkl: the save was not finished'] },
    },
    {
      name: 'epoch_1',
      inside: ['model.safetensors', 'optimizer.bin', 'scheduler.bin', 'random_states_0.pkl'],
      version: { main: 'model.safetensors' },
    },
    {
      name: 'checkpoint_1000',
      inside: ['training_state.json', 'model.zip'],
      version: { main: 'model.zip' },
    },
    { name: 'step-5', inside: ['actor.pt', 'critic.pt', 'optimizer.pt'], version: { main: 'actor.pt' } },
    {
      name: 'checkpoint_1000',
      inside: ['training_state.json'],
      version: { main: 'training_state.json', missing: ['its model is missing: no model.zip'] },
    },
    {
      name: 'epoch_0',
      inside: ['model.safetensors', 'optimizer.bin', 'random_states_0.pkl', 'scheduler.bin'],
      version: { main: 'model.safetensors' },
    },
    {
      name: 'checkpoint_2',
      inside: ['custom_checkpoint_0.pkl', 'optimizer.bin', 'random_states_0.pkl', 'scheduler.bin'],
      version: {
        main: 'optimizer.bin',
        missing: ['its weights are missing: no model.safetensors or pytorch_model.bin'],
      },
    },
    {
      name: 'checkpoint_2',
      inside: ['optimizer.bin', 'pytorch_model_1/', 'random_states_0.pkl'],
      version: null,
    },
    { name: 'checkpoint_1', inside: ['rl_model_1000_steps.zip', 'rl_model_2000_steps.zip'], version: null },
    { name: 'run_1', inside: ['model.zip', 'training_state.json'], version: null },
    { name: 'checkpoint_1', inside: ['notes.txt'], version: null },
    { name: 'checkpoint_1', inside: ['inner/', 'inner/model.zip'], version: null },
  ],
  runs: [
    { ids: ['checkpoint_1000/model.zip'], claim: { sureness: 'likely' } },
    { ids: ['checkpoint_1000'], claim: null },
  ],
});
