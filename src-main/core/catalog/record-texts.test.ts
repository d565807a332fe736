import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { RecordTexts } from './record-texts.ts';
import { saveModel } from './run.fixture.ts';

function open(folder: string): { texts: RecordTexts; manager: ModelManager } {
  const manager = new ModelManager(folder, { appData: temporaryFolder() });
  const texts = new RecordTexts(folder, manager.config);
  onTestFinished(() => {
    texts.close();
    manager.close();
  });
  return { texts, manager };
}

test('the texts of versions are those of their files, in the order asked for; of what is not there none is told', async () => {
  const folder = temporaryFolder();
  const ids = [1, 2, 3].map((version) =>
    saveModel(folder, version, { sidecar: { notes: `Nr. ${version}` } }),
  );
  const { texts, manager } = open(folder);
  await manager.look();
  const wanted = [ids[2] ?? '', 'best_models/gone.pt', ids[0] ?? ''];
  expect(await texts.of(wanted)).toEqual(wanted.map((id) => manager.listed(id)?.text ?? null));
  expect(await texts.of([])).toEqual([]);
  expect(await texts.of(ids.slice(1, 2))).toEqual([manager.listed(ids[1] ?? '')?.text]);
});

test('of a run that cannot be read any more nothing is told', async () => {
  const folder = temporaryFolder();
  const { manager } = open(folder);
  const texts = new RecordTexts(join(folder, 'gone'), manager.config);
  onTestFinished(() => texts.close());
  expect(await texts.of(['a', 'b'])).toEqual([null, null]);
  expect(await texts.of(['a'])).toEqual([null]);
});
