import { readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Act, acts, attempt, configs, stepOf } from '../catalog/change-run.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { readPart } from './read-part.fixture.ts';

/** When files say they were written, in seconds since 1970: a whole number, which can be restored exactly. */
const writtenAt = 1000;

/** Other bytes in the same file, its size and mtime as they were. */
const forge: Act = (run, file) => {
  const path = join(run, file);
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll('1', '2'));
  utimesSync(path, writtenAt, writtenAt);
  return [file];
};
const allActs: Record<string, Act> = { ...acts, forge };

/** A run in which most names that acts are about stand for something. */
function newRun(base: string, turn: number): string {
  const run = join(base, `run-${turn}`);
  for (const folder of ['best_models', 'checkpoints']) {
    for (const stem of ['model_v1_reward0.5', 'model_v10_rewardn0.2', 'checkpoint']) {
      const record = JSON.stringify({ version: turn, reward: 0.5, metrics: { sharpe: 1 } });
      const files = [put(run, `${folder}/${stem}.pt`, 'x'), put(run, `${folder}/${stem}.json`, record)];
      for (const path of files) utimesSync(path, writtenAt, writtenAt);
    }
  }
  return run;
}

/** Waits until what is written bears another time than what was. */
function waitForTick(folder: string): void {
  const probe = join(folder, 'probe');
  const touch = () => {
    writeFileSync(probe, '');
    return statSync(probe).ctimeMs;
  };
  const before = touch();
  while (touch() === before);
}

test('whatever happens to a run between two readings, reading with the index tells what reading everything does', () => {
  const base = temporaryFolder();
  let turn = 0;
  const next = () => {
    turn += 1;
    return turn;
  };
  const steps = fc.array(
    fc.record({
      changes: fc.array(stepOf(allActs), { maxLength: 6 }),
      config: configs,
      withTexts: fc.boolean(),
    }),
    { minLength: 2, maxLength: 8 },
  );
  fc.assert(
    fc.property(steps, (readings) => {
      const run = newRun(base, next());
      for (const { changes, config, withTexts } of readings) {
        for (const { act, file, other } of changes)
          attempt(() => allActs[act]?.(run, file, other, next()) ?? null);
        const expected = readPart(run, { config, path: null, withTexts });
        expect(readPart(run, { config, path: `${run}.index`, withTexts })).toEqual(expected);
        expect(readPart(run, { config, path: `${run}.index`, withTexts })).toEqual(expected);
        waitForTick(base);
      }
    }),
    { seed: 1, numRuns: 150 },
  );
});
