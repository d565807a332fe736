import { expect, onTestFinished, test } from 'vitest';
import { put, temporaryFolder } from './files/temporary-folder.fixture.ts';
import { RunReader } from './run-reader.ts';

/** A run that tells which files it asked the places of. */
class AskedRun extends RunReader {
  readonly asked: string[] = [];

  protected override pathOf(id: string): string {
    this.asked.push(id);
    return super.pathOf(id);
  }
}

test('what all models share is looked for once, and not again for each that is looked into', async () => {
  const folder = temporaryFolder();
  for (const name of ['a.zip', 'b.zip']) put(folder, name, 'x');
  const run = new AskedRun(folder, { appData: temporaryFolder() });
  onTestFinished(() => run.close());
  await run.look();
  expect(run.asked).toContain('vec_normalize.pkl');
  run.asked.length = 0;
  await run.checkStructures();
  expect(run.asked).toContain('b.zip');
  expect(run.asked).not.toContain('vec_normalize.pkl');
});
