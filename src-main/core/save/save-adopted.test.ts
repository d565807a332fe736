import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { put } from '../files/temporary-folder.fixture.ts';
import { ascii } from '../formats/fixtures/bytes.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { writeZip } from '../formats/fixtures/write-zip.ts';
import { watchFolder } from './watched-folder.fixture.ts';

const soon = { timeout: 15_000, interval: 50 };

/** A zip of stable-baselines3 of which `data` has these values. */
function stableBaselines(values: object): Buffer {
  return writeZip([
    { name: 'data', data: ascii(JSON.stringify(values)) },
    { name: 'policy.pth', data: writeTorchZip([1]) },
    { name: '_stable_baselines3_version', data: ascii('2.3.2') },
  ]);
}

async function adopt(name: string, bytes: Buffer, trainingState: { lr: number } | null = null) {
  const { run, folder, told, begin, manager } = watchFolder('best');
  put(folder, name, bytes);
  begin(true, trainingState);
  await vi.waitFor(() => expect(told.saved).toHaveLength(1), soon);
  const id = told.saved[0]?.id ?? '';
  const sidecar = JSON.parse(
    readFileSync(join(run, id.replace(/\.\w+$/, '.json')), 'utf8').replaceAll('NaN', 'null'),
  );
  return { id, sidecar, version: manager.version(id) };
}

test('the step of a zip that does not tell it is taken from its name, and its name is kept', async () => {
  const name = 'rl_model_12000_steps.zip';
  const { id, sidecar, version } = await adopt(name, stableBaselines({ gamma: 0.99 }));
  expect(version).toMatchObject({ step: 12_000 });
  expect(sidecar).toMatchObject({ source: name, training_state: { global_step: 12_000 } });
  expect(id).toMatch(/^best_models\/model_v0001_rewardnan_.*\.zip$/);
});

test('what the file tells of its step goes before its name; what was asked for stands beside the name’s', async () => {
  const told = await adopt('rl_model_12000_steps.zip', stableBaselines({ num_timesteps: 11_999 }));
  expect(told.sidecar.training_state).toEqual({ num_timesteps: 11_999 });
  const asked = await adopt('ppo_500_steps.zip', writeTorchZip([3]), { lr: 0.5 });
  expect(asked.sidecar.training_state).toMatchObject({ lr: 0.5, global_step: 500 });
});

test.each([
  ['last.ckpt', '.pt'],
  ['model.safetensors', '.safetensors'],
  ['a.keras', '.keras'],
])(
  '%s becomes a best model that ends in %s: its readers go by that',
  async (name, ending) => {
    const header = JSON.stringify({ w: { dtype: 'U8', shape: [4], data_offsets: [0, 4] } });
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    const safetensors = Buffer.concat([length, Buffer.from(header), Buffer.from([1, 2, 3, 4])]);
    const { id } = await adopt(name, name.endsWith('.safetensors') ? safetensors : writeTorchZip([1]));
    expect(id.endsWith(ending)).toBe(true);
  },
  20_000,
);
