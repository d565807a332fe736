import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import type { ListedChange } from '../catalog/listed-version.ts';
import { isLargeRun } from '../catalog/read-run.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { followRun } from './follow-large-run.ts';

const soon = { timeout: 30_000, interval: 20 };
const count = 10_000;
const nameOf = (index: number) => `checkpoints/${index}`;

/** A run large enough to be read in threads. */
function largeRun(): string {
  const run = temporaryFolder();
  mkdirSync(join(run, 'checkpoints'));
  for (let index = 0; index < count; index += 1) writeFileSync(join(run, `${nameOf(index)}.pt`), 'x');
  expect(isLargeRun(run, defaultStorageConfig)).toBe(true);
  return run;
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}

test('a large run is read in threads and then followed: what happened meanwhile is told', async () => {
  const run = largeRun();
  const rewards = new Map<string, number | null>();
  let live = false;
  const meddle = once(() => {
    rmSync(join(run, `${nameOf(0)}.pt`));
    writeFileSync(join(run, `${nameOf(1)}.json`), '{"reward": 0.5}');
    writeFileSync(join(run, `${nameOf(count)}.pt`), 'x');
  });
  const take = ({ changed, removed }: ListedChange) => {
    for (const id of removed) rewards.delete(id);
    for (const { id, reward } of changed) rewards.set(id, reward);
    meddle();
  };
  const follower = followRun(run, defaultStorageConfig, (event) => {
    if (event.type === 'changed') take(event.change);
    else live = event.watch.state === 'live';
  });
  onTestFinished(() => follower.close());
  await vi.waitFor(() => expect(live).toBe(true), soon);
  const expected = Array.from({ length: count }, (_, index) => `${nameOf(index + 1)}.pt`).sort();
  await vi.waitFor(() => expect([...rewards.keys()].sort()).toEqual(expected), soon);
  expect(rewards.get(`${nameOf(1)}.pt`)).toBe(0.5);
  rmSync(join(run, `${nameOf(2)}.pt`));
  await vi.waitFor(() => expect(rewards.has(`${nameOf(2)}.pt`)).toBe(false), soon);
});

test('a large run that goes away while it is read is said to be gone', async () => {
  const run = largeRun();
  const states: string[] = [];
  const follower = followRun(run, defaultStorageConfig, (event) => {
    if (event.type === 'looked') states.push(event.watch.state);
    else rmSync(run, { recursive: true, force: true });
  });
  onTestFinished(() => follower.close());
  await vi.waitFor(() => expect(states.at(-1)).toBe('gone'), soon);
});
