import { readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { saveModel } from '../core/catalog/run.fixture.ts';
import { temporaryFolder } from '../core/files/temporary-folder.fixture.ts';
import { RunReader } from '../core/run-reader.ts';
import { WatchReporter } from './watch-reporter.ts';

const soon = { timeout: 15_000, interval: 20 };

/** A run with one version, which is followed. @returns what is told of another one, in words */
async function follow(asOf: 'contents' | 'sidecar') {
  const run = temporaryFolder();
  const options = asOf === 'contents' ? { elements: 40, sidecar: null } : { elements: 40 };
  const id = saveModel(run, 2, options);
  const away = temporaryFolder();
  const names = [id, id.replace(/pt$/, 'json')].slice(0, asOf === 'contents' ? 1 : 2);
  for (const [index, name] of names.entries()) renameSync(join(run, name), join(away, `${index}`));
  const old = saveModel(run, 1, options);
  utimesSync(join(run, old), 1000, 1000);
  const manager = new RunReader(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  const told: string[] = [];
  const nameOf = (each: string | null) => (each === id ? 'new' : each === old ? 'old' : each);
  const reporter = new WatchReporter(manager, ({ event, id: each, version }) => {
    const state = version ? ` ${version.integrity.state}${version.is_latest ? ' latest' : ''}` : '';
    if (event !== 'problem') told.push(`${event} ${nameOf(each)}${state}`);
  });
  manager.subscribe((event) => reporter.take(event));
  manager.follow();
  await vi.waitFor(() => expect(manager.isAllRead).toBe(true), soon);
  const bring = () => {
    for (const [index, name] of [...names.entries()].reverse())
      renameSync(join(away, `${index}`), join(run, name));
  };
  return { path: join(run, id), away: join(away, '0'), told, bring };
}

test.each(['contents', 'sidecar'] as const)(
  'what is read in files is no change of them, and what was read first comes with what was added (%s)',
  async (asOf) => {
    const { told, bring } = await follow(asOf);
    expect(told).toEqual(['ready null']);
    bring();
    const state = asOf === 'contents' ? 'unsealed' : 'unverified';
    await vi.waitFor(() => expect(told).toContain(`added new ${state} latest`), soon);
    expect(told.filter((line) => line.includes('new'))).toEqual([`added new ${state} latest`]);
  },
);

test('a file that comes in halves is told of as being written, then as whole', async () => {
  const { path, away, told } = await follow('contents');
  const bytes = readFileSync(away);
  writeFileSync(path, bytes.subarray(0, 300));
  await vi.waitFor(() => expect(told).toContain('added new writing'), soon);
  writeFileSync(path, bytes);
  await vi.waitFor(() => expect(told).toContain('changed new unsealed latest'), soon);
  rmSync(path);
  await vi.waitFor(() => expect(told).toContain('removed new'), soon);
  const ofNew = told.filter((line) => line.includes('new'));
  expect(ofNew[0]).toBe('added new writing');
  // That more of it came may be told by itself.
  expect(ofNew.filter((line) => !line.endsWith(' writing'))).toEqual([
    'changed new unsealed latest',
    'removed new',
  ]);
});
