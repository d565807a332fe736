import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { hasTorch } from '../packing/python.fixture.ts';
import { byId, openVerified, pythonTimeout, runScript } from './python-saver.fixture.ts';

/** The frameworks are not on the machines that test this: small stand-ins have exactly the hooks that they document. */
describe.runIf(hasTorch)('callbacks of examples/cairn_callback.py', { timeout: pythonTimeout }, () => {
  test('save the policy of stable-baselines3 at each new best reward, evaluated or as trained', async () => {
    const run = temporaryFolder();
    runScript('callbacks.py', ['sb3', run]);
    const manager = await openVerified(run);
    const facts = ({ reward, step, tags }: { reward: unknown; step: unknown; tags: unknown }) => [
      reward,
      step,
      tags,
    ];
    expect(byId(manager).map(facts)).toEqual([
      [0.5, 100, ['sb3']],
      [1.5, 400, ['sb3']],
    ]);
    const alone = await openVerified(join(run, 'alone'));
    expect(byId(alone).map(({ reward, episode }) => [reward, episode])).toEqual([
      [0.5, 5],
      [1.5, 5],
    ]);
    expect(alone.versions().every(({ integrity }) => integrity.state === 'verified')).toBe(true);
  });

  test('save the module of Lightning at each new best value, in either direction, once it trains', async () => {
    const run = temporaryFolder();
    expect(runScript('callbacks.py', ['lightning', run])).toEqual([
      "nothing was logged as 'val_loss': there is accuracy",
    ]);
    const manager = await openVerified(run);
    expect(byId(manager).map(({ reward, metrics, step, notes }) => [reward, metrics, step, notes])).toEqual([
      [-0.5, { val_loss: 0.5, accuracy: 0.5 }, 10, 'by Lightning'],
      [-0.25, { val_loss: 0.25, accuracy: 0.5 }, 40, 'by Lightning'],
    ]);
    expect(manager.getBestModelInfo()?.version).toBe(2);
  });

  test('say in one line which framework is missing', () => {
    expect(runScript('callbacks.py', ['missing', ''])).toEqual([
      'SB3CairnCallback needs stable-baselines3: pip install stable-baselines3',
      'LightningCairnCallback needs Lightning: pip install lightning',
    ]);
  });
});
