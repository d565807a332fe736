import { closeSync, copyFileSync, openSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { sampleRun } from '../catalog/measurements/evaluations.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { companionsToAdopt } from './companions-to-adopt.ts';
import { QuietFiles } from './quiet-files.ts';

const quietFiles = new QuietFiles();
const id = 'rl_model_10000_steps.zip';
const statistics = 'rl_model_vecnormalize_10000_steps.pkl';
const missing = 'its replay buffer, which other versions here have, is missing';

function prepare(...names: string[]): string {
  const folder = temporaryFolder();
  for (const name of names) copyFileSync(join(sampleRun, name), join(folder, name));
  return folder;
}

/** Once it no longer waits. */
async function settled(folder: string, problems: string[] = []) {
  return vi.waitFor(
    async () => {
      const found = await companionsToAdopt(folder, { id, problems }, quietFiles);
      if ('waitsFor' in found) throw new Error('it still waits');
      return found;
    },
    { timeout: 15_000, interval: 100 },
  );
}

test('a model with which nothing can go is not waited for', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'model.pt'), 'x');
  const found = await companionsToAdopt(folder, { id: 'model.pt', problems: [] }, quietFiles);
  expect(found).toMatchObject({ sources: [], warnings: [] });
});

test('what others of its training have is waited for, but not for ever: that it is missing is told then', async () => {
  const folder = prepare(id, statistics);
  const sources = [{ kind: 'vecnormalize', path: join(folder, statistics) }];
  expect(await settled(folder)).toMatchObject({ sources, warnings: [] });
  expect(await companionsToAdopt(folder, { id, problems: [missing] }, quietFiles)).toHaveProperty('waitsFor');
  const minuteAgo = Date.now() / 1000 - 60;
  utimesSync(join(folder, id), minuteAgo, minuteAgo);
  expect(await settled(folder, [missing])).toMatchObject({ sources, warnings: [missing] });
});

test.runIf(process.platform === 'linux')(
  'what a process still holds open to write is waited for',
  async () => {
    const folder = prepare(id, statistics);
    await settled(folder);
    const held = openSync(join(folder, statistics), 'r+');
    expect(await companionsToAdopt(folder, { id, problems: [] }, quietFiles)).toHaveProperty('waitsFor');
    closeSync(held);
    expect(await companionsToAdopt(folder, { id, problems: [] }, quietFiles)).not.toHaveProperty('waitsFor');
  },
);

test('what is torn and stays so goes along, and that is told', async () => {
  const folder = prepare(id);
  writeFileSync(join(folder, statistics), Buffer.from('800495160000', 'hex'));
  const { sources, warnings } = await settled(folder);
  expect(sources).toHaveLength(1);
  expect(warnings).toEqual([
    expect.stringMatching(/^rl_model_vec.*pkl is saved as it is, though it is torn: /),
  ]);
});
