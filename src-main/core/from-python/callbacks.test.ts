import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { readContents } from '../formats/read-contents.ts';
import { bufferSource } from '../formats/source.ts';
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

  const rewards = '0.1 3.0 64.5 float64 ()';
  test.each([
    ['none', [], []],
    ['array', ['[0.1 0.1] [3. 3.] 64.5 float64 (2,)', rewards], ['obs_rms.mean', 'obs_rms.var']],
    ['dict', ['[0.1] [3.] 64.5 float64 (1,)', rewards], ['obs_rms.joints.mean', 'obs_rms.joints.var']],
    ['rewards', [rewards], []],
  ])(
    'save all that a SAC goes on from, its entropy coefficient and the statistics of VecNormalize too: %s',
    async (kind, statistics, observed) => {
      const [path = '', ...said] = runScript('callbacks.py', ['sb3_goes_on', temporaryFolder(), kind]);
      expect(said).toEqual(['tensor([-1.5000], requires_grad=True) True', '1 True 700', ...statistics]);
      const { trust, problems, tensors } = await readContents(bufferSource(path, readFileSync(path)));
      expect([trust, problems]).toEqual(['tensors-only', []]);
      const normalizer = statistics.length === 0 ? [] : [...observed, 'ret_rms.mean', 'ret_rms.var'];
      expect(tensors.filter(({ part }) => part === 'other').map(({ name }) => name)).toEqual([
        'pytorch_variables.log_ent_coef',
        ...normalizer.map((name) => `vec_normalize.${name}`),
      ]);
    },
  );

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

  test.each(['sb3', 'lightning'])(
    'end no training where a save is refused, tell each cause once, and save what is good next: %s',
    async (framework) => {
      const run = temporaryFolder();
      const said = runScript('callbacks.py', ['refused', run, framework]);
      const full = `no model was saved to ${run} — [Errno 28] No space left on device — make room there; the training goes on, and tries again`;
      const locked = `no model was saved to ${run} — ${run} is locked: another program is still writing to it after 0 s — wait for what writes there, or end it; the training goes on, and tries again`;
      expect(said).toEqual(['-inf', '-inf', '0.25', '0.25', '0.25', '0.5', full, locked, full]);
      const manager = await openVerified(run);
      expect(byId(manager).map(({ reward, integrity }) => [reward, integrity.state])).toEqual([
        [0.25, 'verified'],
        [0.5, 'verified'],
      ]);
    },
  );

  test('say in one line which framework is missing', () => {
    expect(runScript('callbacks.py', ['missing', ''])).toEqual([
      'SB3CairnCallback needs stable-baselines3: pip install stable-baselines3',
      'LightningCairnCallback needs Lightning: pip install lightning',
    ]);
  });
});
