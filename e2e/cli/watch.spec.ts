import { type ChildProcess, spawnSync } from 'node:child_process';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from '@playwright/test';
import { asVersion } from '../driver/json-shapes.ts';
import { runCli, startCli } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';
import { saveVersion } from '../fixtures/save-version.ts';

interface Event {
  event: string;
  id: string | null;
  at: string;
  version: { integrity: { state: string } } | null;
  problem?: string;
  detail?: string;
}

let watching: ChildProcess | null = null;
test.afterEach(() => {
  watching?.kill('SIGKILL');
});

/** Follows a run; `events` grows as lines come. @param under words to put before the command */
function follow(run: string, under: string[] = []): { events: Event[]; child: ChildProcess } {
  const child = startCli(['watch', run, '--json'], { under });
  watching = child;
  const events: Event[] = [];
  if (child.stdout)
    createInterface({ input: child.stdout }).on('line', (line) => events.push(JSON.parse(line)));
  return { events, child };
}

test('watch tells of versions that appear, change and go, one JSON document a line', async () => {
  const run = await copySampleRun();
  const { events, child } = follow(run);
  await expect.poll(() => events.map(({ event }) => event)).toContain('ready');
  expect(events.filter(({ event }) => event === 'added')).toEqual([]);
  const { id, path } = await saveVersion(run, { version: 18, reward: 0.5 });
  await expect.poll(() => events.find((event) => event.event === 'added' && event.id === id)).toBeTruthy();
  await expect
    .poll(() => events.findLast((event) => event.id === id)?.version?.integrity.state)
    .toBe('unverified');
  asVersion(events.findLast((event) => event.id === id)?.version);
  await rm(path);
  await rm(path.replace(/\.pt$/, '.json'));
  await expect.poll(() => events.some((event) => event.event === 'removed' && event.id === id)).toBe(true);
  for (const event of events) expect(event.at).toMatch(/^\d{4}-.*Z$/);
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGINT');
  expect(await ended).toBe(0);
});

test('watch says what is a problem and no version', async () => {
  const run = await copySampleRun();
  const { events } = follow(run);
  const leftover = join('temp', 'model_v0018_reward0.4321_20260302_130600.pt.tmp');
  await expect.poll(() => events.some(({ event, id }) => event === 'problem' && id === leftover)).toBe(true);
});

for (const command of ['watch', 'trash', 'undo', 'log'])
  test(`${command} of what is no run is refused, as ls refuses it`, async () => {
    const folder = await tempFolder('no-run');
    const refused = [await runCli([command, folder, '--json']), await runCli(['ls', folder, '--json'])];
    expect(refused.map(({ code }) => code)).toEqual([2, 2]);
    expect(refused[0]?.stderr).toBe(refused[1]?.stderr);
  });

test('watch says that the folder is gone, and that it is back', async () => {
  const run = await copySampleRun();
  const { events } = follow(run);
  await expect.poll(() => events.map(({ event }) => event)).toContain('ready');
  await rename(run, `${run}-elsewhere`);
  await expect.poll(() => events.find(({ problem }) => problem?.includes('elsewhere'))).toBeTruthy();
  await rename(`${run}-elsewhere`, run);
  const back = () => events.find(({ detail }) => detail === 'the folder is back');
  await expect.poll(() => back()?.event).toBe('ready');
  const { id } = await saveVersion(run, { version: 18, reward: 0.5 });
  await expect.poll(() => events.some((event) => event.event === 'added' && event.id === id)).toBe(true);
  expect(events.filter(({ event }) => event === 'ready')).toHaveLength(2);
});

test('watch tells what another process verified', async () => {
  const run = await copySampleRun();
  const { id } = await saveVersion(run, { version: 18, reward: 0.5 });
  const { events } = follow(run);
  await expect.poll(() => events.map(({ event }) => event)).toContain('ready');
  expect((await runCli(['verify', run])).code).toBe(1);
  await expect
    .poll(() => events.findLast((event) => event.id === id)?.version?.integrity.state)
    .toBe('verified');
  const told = events.filter((event) => event.id === id).map(({ event }) => event);
  expect(told.filter((event) => event !== 'changed')).toEqual([]);
});

/** In a namespace of users in which nothing may be watched, as where others have used up the system's limit. */
const withoutWatches = [
  ...['unshare', '--user', '--map-root-user', 'sh', '-c'],
  ...['echo 0 > /proc/sys/user/max_inotify_watches && exec "$@"', 'sh'],
];

test('watch says that the system’s limit of watches is reached, and tells of versions all the same', async () => {
  const [command = '', ...words] = withoutWatches;
  const isAllowed = spawnSync(command, [...words, 'true']).status === 0;
  test.skip(!isAllowed, 'this system lets nobody limit the watches of a process');
  const run = await copySampleRun();
  const { events } = follow(run, withoutWatches);
  const limit = { event: 'problem', id: null, problem: 'the system’s limit of file watches is reached' };
  await expect.poll(() => events).toContainEqual(expect.objectContaining(limit));
  const { id } = await saveVersion(run, { version: 18, reward: 0.5 });
  await expect
    .poll(() => events.some((event) => event.event === 'added' && event.id === id), { timeout: 20_000 })
    .toBe(true);
});
