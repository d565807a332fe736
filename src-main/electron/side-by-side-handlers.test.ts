import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WebContents } from 'electron';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { saveModel } from '../core/catalog/run.fixture.ts';
import { temporaryFolder } from '../core/files/temporary-folder.fixture.ts';
import { createSideBySideHandlers } from './side-by-side-handlers.ts';
import { WindowSession } from './window-session.ts';

const from = { isDestroyed: () => false, send: () => undefined } as unknown as WebContents;

let session: WindowSession;
let folder: string;
let copied: string;
let target: string | null;
let suggested: string;
const { copySideBySide, exportSideBySide } = createSideBySideHandlers(() => session, {
  copy: (text) => {
    copied = text;
  },
  askTarget: async (_from, _title, name) => {
    suggested = name;
    return target;
  },
});

let shown: Parameters<typeof copySideBySide>[0];

beforeEach(async () => {
  folder = temporaryFolder();
  const root = join(folder, 'my run');
  const ids = [saveModel(root, 1), saveModel(root, 2)];
  session = new WindowSession(from, folder);
  const run = session.open(root);
  await run.manager.look();
  const versions = ids.map((id) => run.handles.handleOf(id));
  shown = { versions, baseline: 1, rows: { differencesOnly: false, words: 'reward' } };
  target = join(folder, 'out');
});
afterEach(() => session.close());

test('what stands side by side goes to the clipboard as a Markdown table', async () => {
  await copySideBySide(shown, from);
  expect(copied).toContain('|  | v1 | v2 (baseline) |\n| --- | --- | --- |\n');
  expect(copied).toContain('| Reward ↑ | 0.1 (-0.1, worse) | **0.2** |\n');
});

test('and to the file that the person names, as CSV or as Markdown', async () => {
  const written = await exportSideBySide({ ...shown, format: 'csv' }, from);
  const text = readFileSync(target ?? '', 'utf8');
  expect(text).toContain('\r\nMetrics,Reward,higher,0.1,0.2,-0.1\r\n');
  expect(suggested).toBe('my_run-side-by-side.csv');
  expect(written).toMatchObject({ written: { label: 'out', bytes: Buffer.byteLength(text) } });
  target = join(folder, 'out.md');
  await exportSideBySide({ ...shown, format: 'md' }, from);
  await copySideBySide(shown, from);
  expect([suggested, readFileSync(target, 'utf8')]).toEqual(['my_run-side-by-side.md', copied]);
});

test('versions of two runs stand under their runs, in a file that is named after neither', async () => {
  const other = join(folder, 'other');
  const id = saveModel(other, 7);
  const run = session.open(other);
  await run.manager.look();
  const asked = { ...shown, versions: [shown.versions[0] ?? 0, run.handles.handleOf(id)] };
  await exportSideBySide({ ...asked, format: 'csv' }, from);
  expect(suggested).toBe('runs-side-by-side.csv');
  expect(readFileSync(target ?? '', 'utf8')).toContain('my run · v1,other · v7');
});

test('nothing is written where nobody says where to, nor over a file that is there, nor of a version that is none', async () => {
  const asked = { ...shown, format: 'md' as const };
  target = null;
  expect(await exportSideBySide(asked, from)).toEqual({ written: null });
  target = join(folder, 'mine');
  writeFileSync(target, 'mine');
  await expect(exportSideBySide(asked, from)).rejects.toThrow('a file of that name is there already');
  expect(readFileSync(target, 'utf8')).toBe('mine');
  target = join(folder, 'none');
  await expect(exportSideBySide({ ...asked, versions: [0, 9] }, from)).rejects.toThrow('no such version');
  expect(existsSync(target)).toBe(false);
});
