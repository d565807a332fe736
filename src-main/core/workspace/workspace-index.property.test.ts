import { existsSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, expect, test, vi } from 'vitest';
import { saveModel } from '../catalog/run.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import type { DescribedRun } from './describe-run.ts';
import { findRuns } from './find-runs.ts';

const firstVersions = [1, 2, 3];
const fileOf = (version: number) =>
  `best_models/model_v000${version}_reward0.${version}000_20240101_00000${version}.pt`;

beforeEach(() => {
  // What was written until now counts as written long ago.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
  return () => {
    vi.useRealTimers();
    vi.unstubAllEnvs();
  };
});

type Act = (run: string, file: string, turn: number) => void;

const sidecarOf = (file: string) => file.replace(/\.pt$/, '.json');
const choices = (metric: string) =>
  JSON.stringify({
    format: 1,
    metric,
    directions: [],
    returns: { periods: null, annualised_by: null, skewness: null, kurtosis: null, trials: null },
  });

/** What a training, a person or Cairn does to a run that shows in a list of runs. */
const acts: Record<string, Act> = {
  save: (run, _file, turn) =>
    void saveModel(run, turn, { reward: (turn % 7) / 7, sidecar: { win: turn % 5 } }),
  checkpoint: (run, _file, turn) => void saveModel(run, turn, { folder: 'checkpoints', sidecar: null }),
  // Other bytes in the same file, its size and mtime as they were.
  forge: (run, file) => {
    const path = join(run, sidecarOf(file));
    const text = readFileSync(path, 'utf8').replace(/"reward":0\.\d/, '"reward":0.9');
    writeFileSync(path, text);
    utimesSync(path, 1000, 1000);
  },
  unrecord: (run, file) => rmSync(join(run, sidecarOf(file))),
  remove: (run, file) => {
    rmSync(join(run, file));
    rmSync(join(run, sidecarOf(file)), { force: true });
  },
  tear: (run, file) => writeFileSync(join(run, file), 'torn'),
  choose: (run, _file, turn) => void put(run, '.cairn/choices.json', choices(turn % 2 ? 'win' : 'reward')),
  unchoose: (run) => rmSync(join(run, '.cairn/choices.json')),
  configure: (run, _file, turn) =>
    void put(
      run,
      '.hydra/config.yaml',
      `model_storage:\n  best_model_selection_metric: ${turn % 2 ? 'win' : 'sharpe'}\n  checkpoint_dir: saves${turn % 3}\n`,
    ),
  override: (run, _file, turn) => void put(run, '.hydra/overrides.yaml', `- lr=${turn}\n`),
  log: (run, _file, turn) =>
    void put(run, `logs/a${turn % 2}/progress.csv`, `eval/mean_reward,time/total_timesteps\n${turn},1\n`),
  addFolder: (run, _file, turn) => void mkdirSync(join(run, `saves${turn % 3}`)),
  saveAside: (run, _file, turn) => void saveModel(run, turn, { folder: `saves${turn % 3}` }),
  dropFolder: (run) => rmSync(join(run, 'checkpoints'), { recursive: true }),
  dropInner: (run) => rmSync(join(run, 'inner'), { recursive: true }),
};

/** Waits until what is written bears another time than what was. */
function waitForTick(folder: string): void {
  const touch = () => statSync(put(folder, 'probe', '')).ctimeMs;
  const before = touch();
  while (touch() === before);
}

async function rowsOf(root: string, cacheFolder: string): Promise<DescribedRun[]> {
  vi.stubEnv('XDG_CACHE_HOME', cacheFolder);
  const rows: DescribedRun[] = [];
  await findRuns(root, { onRun: (run) => rows.push(run) });
  return rows.sort((a, b) => (a.path < b.path ? -1 : 1));
}

const names = ['run', 'run/inner'];
const stepOf = fc.record({
  act: fc.constantFrom(...Object.keys(acts)),
  run: fc.constantFrom(...names),
  pick: fc.nat(),
});

interface Step {
  act: string;
  run: string;
  pick: number;
}

/** A run of which there is all that acts change. */
function begin(run: string): void {
  for (const version of firstVersions) saveModel(run, version, { sidecar: { win: -version } });
  for (const act of ['configure', 'override', 'choose', 'log']) acts[act]?.(run, '', 4);
}

/** Does what can be done: what is not there cannot be changed. */
function take(root: string, { act, run, pick }: Step, turn: number): void {
  const own = firstVersions
    .map((version) => fileOf(version))
    .filter((file) => existsSync(join(root, run, file)));
  try {
    acts[act]?.(join(root, run), own[pick % own.length] ?? 'none.pt', turn);
  } catch {
    // Then nothing is done.
  }
}

test('whatever happens to runs between two searches, one with the index tells what one without does', async () => {
  const [base, kept] = [temporaryFolder(), temporaryFolder()];
  let turn = 10;
  const next = () => {
    turn += 1;
    return turn;
  };
  let clean = 0;
  const searches = fc.array(fc.array(stepOf, { maxLength: 2 }), { minLength: 8, maxLength: 12 });
  const property = fc.asyncProperty(searches, async (all) => {
    const root = join(base, `${next()}`);
    for (const name of names) begin(join(root, name));
    for (const steps of all) {
      for (const step of steps) take(root, step, next());
      const expected = await rowsOf(root, '/proc/self/none');
      expect(await rowsOf(root, kept)).toEqual(expected);
      clean += expected.filter(({ problems }) => problems === 0).length;
      waitForTick(base);
    }
  });
  await fc.assert(property, { seed: 1, numRuns: 6 });
  expect(clean).toBeGreaterThan(50);
});
