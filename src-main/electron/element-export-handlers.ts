import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { WebContents } from 'electron';
import { stringifyJson } from '../../shared/model/json.ts';
import { describeInspection } from '../core/contents/describe-inspection.ts';
import { readSurroundings } from '../core/contents/read-surroundings.ts';
import { realDisk } from '../core/files/disk.ts';
import { modeOfMade } from '../core/files/file-mode.ts';
import { plainFileName } from '../core/files/plain-file-name.ts';
import { assertNameFree, writeNewFile } from '../core/files/write-new-file.ts';
import type { Tensor } from '../core/formats/contents.ts';
import { exportTensor } from '../core/tensors/export-tensor.ts';
import { type ArrayForm, exportTensors } from '../core/tensors/export-tensors.ts';
import { type AskTarget, suggestName } from './export-target.ts';
import type { OpenContents } from './open-contents.ts';
import type { Handlers } from './serve-requests.ts';
import type { WindowSession } from './window-session.ts';
import type { WorkTools } from './work.ts';

/** How a person is asked where to; null when they think better of it. */
interface Places {
  askTarget: AskTarget;
  chooseFolder: (from: WebContents) => Promise<string | null>;
}

/** That of what is made of a checkpoint; it is still the file that was opened, or what was made counts for nothing. */
function modeOf(path: string): number {
  return modeOfMade(statSync(path).mode);
}

function exportElements(
  contents: OpenContents,
  tensor: Tensor,
  target: string,
  { signal, expect, onBytes }: WorkTools,
) {
  expect(tensor.bytes);
  return contents.use(async (closing) => {
    const reading = { signal: closing, onBytes };
    const mode = modeOf(contents.path);
    return await exportTensor(realDisk, tensor, target, reading, mode);
  }, signal);
}

function askArchive(from: WebContents, { path }: OpenContents, askTarget: AskTarget) {
  return askTarget(from, 'Export tensors', suggestName(basename(path), 'npz', 'tensors'), 'npz');
}

/** All where no place is named. @throws NoSuchHandleError */
function tensorsAt(contents: OpenContents, places: readonly number[] | null): readonly Tensor[] {
  return places?.map((place) => contents.tensor(place)) ?? contents.inspection.contents.tensors;
}

/** How the name of a folder ends, by what is in it. */
const endings = { folder: 'tensors', csv: 'csv' };

/** A new folder in the one that the person chooses. */
async function askPlace(
  from: WebContents,
  { path }: OpenContents,
  ending: string,
  chooseFolder: (from: WebContents) => Promise<string | null>,
): Promise<string | null> {
  const folder = await chooseFolder(from);
  return folder === null ? null : join(folder, `${plainFileName(basename(path), 'checkpoint')}-${ending}`);
}

function exportSeveral(
  contents: OpenContents,
  tensors: readonly Tensor[],
  { target, form }: { target: string; form: ArrayForm },
  { signal, expect, onBytes }: WorkTools,
) {
  expect(tensors.reduce((sum, { bytes, data }) => sum + (data ? bytes : 0), 0));
  return contents.use(async (closing) => {
    const reading = { signal: closing, onBytes };
    const { path, bytes, ...written } = await exportTensors(
      realDisk,
      tensors,
      target,
      reading,
      modeOf(contents.path),
      form,
    );
    return { path, bytes, tensors: written.tensors, leftOut: written.leftOut.length };
  }, signal);
}

/** What `cairn inspect --json` prints, in a new file. @throws UsageError when the name is taken, what writing throws */
async function exportDescription({ path, inspection }: OpenContents, target: string) {
  await assertNameFree(realDisk, target);
  const description = describeInspection(path, inspection, [], await readSurroundings(path));
  const text = Buffer.from(`${stringifyJson(description)}\n`);
  const { size } = await writeNewFile(realDisk, target, [text], modeOf(path));
  return { path: target, bytes: size };
}

/** What each request does that takes something of an opened version along. */
export function createElementExports(
  sessionOf: (window: WebContents) => WindowSession,
  opened: (from: WebContents, contentsId: string) => OpenContents,
  { askTarget, chooseFolder }: Places,
): Pick<Handlers, 'exportTensor' | 'exportTensors' | 'exportContents'> {
  /** What was written, as the page is told of it. */
  const told = <T extends { path: string; bytes: number }>(
    from: WebContents,
    { path, bytes, ...rest }: T,
  ) => ({
    ...sessionOf(from).written.tell(path, bytes),
    ...rest,
  });
  return {
    exportTensor: async ({ contentsId, tensor: place, format }, from) => {
      const contents = opened(from, contentsId);
      const tensor = contents.tensor(place);
      const target = await askTarget(
        from,
        'Export a tensor',
        suggestName(tensor.name, format, 'tensor'),
        format,
      );
      if (target === null) return { taskId: null };
      return sessionOf(from).start({ runId: contents.runId, kind: 'export' }, async (tools) =>
        told(from, await exportElements(contents, tensor, target, tools)),
      );
    },
    exportTensors: async ({ contentsId, tensors: places, form }, from) => {
      const contents = opened(from, contentsId);
      const tensors = tensorsAt(contents, places);
      const target = await (form === 'npz'
        ? askArchive(from, contents, askTarget)
        : askPlace(from, contents, endings[form], chooseFolder));
      if (target === null) return { taskId: null };
      return sessionOf(from).start({ runId: contents.runId, kind: 'export' }, async (tools) => {
        const asked = { target, form: form === 'csv' ? 'csv' : 'npy' } as const;
        return told(from, await exportSeveral(contents, tensors, asked, tools));
      });
    },
    exportContents: async ({ contentsId }, from) => {
      const contents = opened(from, contentsId);
      const name = suggestName(basename(contents.path), 'json', 'checkpoint');
      const target = await askTarget(from, 'Export what is in the checkpoint', name, 'json');
      if (target === null) return { taskId: null };
      return sessionOf(from).start({ runId: contents.runId, kind: 'export' }, async ({ signal }) =>
        told(from, await contents.use(() => exportDescription(contents, target), signal)),
      );
    },
  };
}
