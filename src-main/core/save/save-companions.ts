import { posix } from 'node:path';
import { escapeName } from '../catalog/escape-name.ts';
import { companionFor, companionsOf } from '../catalog/layouts/known-layouts.ts';
import { readAsOf } from '../config/read-as.ts';
import { UsageError } from '../errors.ts';
import { modeOfNew } from '../files/file-mode.ts';
import { type StagedFile, stageFile } from '../files/stage-file.ts';
import { whileWanted } from '../files/while-wanted.ts';
import { moveStep, placeStep } from '../operations/make-step.ts';
import { keptPath, type Step } from '../operations/operation.ts';
import type { OperationDraft, Writing } from '../operations/write-run.ts';
import type { Target } from './choose-target.ts';
import { type OpenSource, openSource } from './read-source.ts';
import type { CompanionSource, SavedCompanion, SaveRequest } from './save-request.ts';
import { inRun } from './stage-backup.ts';

/** A file that is to be saved with a model, open; `id` is where it goes. */
interface OpenCompanion {
  id: string;
  source: OpenSource;
}

/** The files that are to be saved with a model. */
export interface OpenCompanions {
  all: readonly OpenCompanion[];
  /** Those of the model that is replaced which go with it, by their paths in the run. */
  going: readonly string[];
  /** Bytes of all of them. */
  size: number;
  close(): Promise<void>;
}

/** One that waits for its name. */
export interface StagedCompanion {
  id: string;
  file: StagedFile;
}

/** @throws UsageError where one cannot be opened, or is of no kind that is known */
export async function openCompanions(
  writing: Writing,
  target: Target,
  sources: readonly CompanionSource[] = [],
): Promise<OpenCompanions> {
  const all: OpenCompanion[] = [];
  const close = async () => {
    for (const { source } of all) await source.close();
  };
  try {
    for (const { kind, ...bytes } of sources)
      all.push({
        id: placeOf(target.id, kind, readAsOf(writing.config)),
        source: await openSource(bytes),
      });
    const going = await companionsGoing(writing, target, all);
    return { all, going, size: all.reduce((sum, { source }) => sum + (source.size ?? 0), 0), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Writes them beside their places. @param staged gets what is to be removed when the save fails */
export async function stageCompanions(
  { disk, root }: Writing,
  { all }: OpenCompanions,
  { signal }: SaveRequest,
  staged: StagedFile[],
): Promise<StagedCompanion[]> {
  const companions: StagedCompanion[] = [];
  for (const { id, source } of all) {
    const old = await disk.lookAt(`${root}/${id}`);
    const mode = modeOfNew(source.file?.mode ?? null, old?.mode ?? null);
    const chunks = whileWanted(source.chunks, signal);
    const file = await stageFile(disk, posix.dirname(`${root}/${id}`), posix.basename(id), chunks, mode);
    staged.push(file);
    companions.push({ id, file });
  }
  return companions;
}

/** The steps that give them their names, and take away those that go; what had the names is kept in the trash. */
export async function placeCompanions(
  { disk, root }: Writing,
  companions: readonly StagedCompanion[],
  going: readonly string[],
  draft: OperationDraft,
): Promise<Step[]> {
  const steps: Step[] = [];
  for (const { id, file } of companions)
    steps.push(await placeStep(disk, root, inRun(root, file.path), id, draft.id));
  for (const id of going) steps.push(await moveStep(disk, root, id, keptPath(draft.id, id)));
  return steps;
}

/** The files that go with the model that is replaced, and would seem to go with the new one: none of them is saved with it. */
async function companionsGoing(
  writing: Writing,
  { id, older }: Target,
  companions: readonly OpenCompanion[],
): Promise<string[]> {
  const replaced = await filesAmong(writing, older === null ? [id] : [id, older]);
  const beside = new Set(replaced.flatMap((model) => companionsOf(model, readAsOf(writing.config))));
  for (const saved of companions) beside.delete(saved.id);
  return filesAmong(writing, [...beside]);
}

async function filesAmong({ disk, root }: Writing, paths: readonly string[]): Promise<string[]> {
  const looks = await Promise.all(paths.map((path) => disk.lookAt(`${root}/${path}`)));
  return paths.filter((_, index) => looks[index]?.type === 'file');
}

export function tellGoing(id: string): string {
  return `${escapeName(id, 400)} went with the model that was replaced, and goes with it: it is not saved with the new one`;
}

export function savedCompanion({ id, file }: StagedCompanion): SavedCompanion {
  return { id, checksum: file.checksum, size: file.size };
}

function placeOf(model: string, kind: string, readAs: string | undefined): string {
  const id = companionFor(model, kind, readAs);
  if (id !== undefined) return id;
  throw new UsageError(
    `nothing goes with a model that is “${escapeName(kind)}” — no framework saves such — leave it out`,
  );
}
