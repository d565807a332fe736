import type { JsonObject } from '../../../../shared/model/json.ts';
import { calledCompanions } from './called-companions.ts';
import { checkpointFolders } from './checkpoint-folders/layout.ts';
import { cleanRl } from './cleanrl/layout.ts';
import { deepSpeed } from './deepspeed/layout.ts';
import { detectron2 } from './detectron2/layout.ts';
import { distributedCheckpoint } from './distributed-checkpoint/layout.ts';
import { fairseq } from './fairseq/layout.ts';
import { flax } from './flax/layout.ts';
import { huggingFace } from './huggingface/layout.ts';
import { keras } from './keras/layout.ts';
import type {
  Companion,
  CompanionKind,
  CompanionNaming,
  CompanionWords,
  Counted,
  FolderNaming,
  FoldersBeside,
  FolderVersion,
  LackingShared,
  Layout,
  NamedState,
  NamesInside,
  RunSigns,
} from './layout.ts';
import { lightning } from './lightning/layout.ts';
import { megatron } from './megatron/layout.ts';
import { nanoGpt } from './nanogpt/layout.ts';
import { orbax } from './orbax/layout.ts';
import { rlGames } from './rl-games/layout.ts';
import { rlZoo } from './rl-zoo/layout.ts';
import { rllib } from './rllib/layout.ts';
import { sampleFactory } from './sample-factory/layout.ts';
import { savedCompanions } from './saved-companions.ts';
import { nameBeforeSave, savedSetIn } from './saved-folders.ts';
import { savedModel } from './saved-model/layout.ts';
import { spinningUp } from './spinning-up/layout.ts';
import { stableBaselines3 } from './stable-baselines3/layout.ts';
import { tensorFlow } from './tensorflow/layout.ts';
import { tianshou } from './tianshou/layout.ts';
import { timm } from './timm/layout.ts';
import { ultralytics } from './ultralytics/layout.ts';

/** Every framework whose runs are known; where two claim a run alike, the first one has it. */
export const knownLayouts: readonly Layout[] = [
  lightning,
  rlZoo,
  stableBaselines3,
  sampleFactory,
  cleanRl,
  tianshou,
  timm,
  ultralytics,
  rlGames,
  spinningUp,
  fairseq,
  nanoGpt,
  detectron2,
  keras,
  tensorFlow,
  flax,
  deepSpeed,
  megatron,
  huggingFace,
  rllib,
  distributedCheckpoint,
  orbax,
  savedModel,
  checkpointFolders,
];

const chosenAlone = new Map(knownLayouts.map((layout) => [layout.id, [layout]]));

/** @param readAs the one in whose way alone a run is read, as a person chose; by default it is read in the ways of all */
function layoutsFor(readAs: string | undefined): readonly Layout[] {
  return (readAs === undefined ? undefined : chosenAlone.get(readAs)) ?? knownLayouts;
}

/** Folders below a run in which a framework keeps versions. */
export function layoutFolders(readAs?: string): string[] {
  return layoutsFor(readAs).flatMap(({ folders }) => folders ?? []);
}

export function foldersBeside(readAs?: string): FoldersBeside[] {
  return layoutsFor(readAs).flatMap((layout) => layout.foldersBeside ?? []);
}

const ofFrameworks: readonly CompanionNaming[] = knownLayouts.flatMap(({ companions }) => companions ?? []);
const words = new Map(ofFrameworks.flatMap(({ kinds }) => [...kinds]));
const ofSaves = savedCompanions(words);
const called = calledCompanions(words);
// What is saved gets the first name that fits.
const namings: readonly CompanionNaming[] = [...ofFrameworks, ofSaves, called];
const chosenNamings = new Map(
  knownLayouts.map(({ id, companions }) => [id, [...(companions ? [companions] : []), ofSaves, called]]),
);

function namingsFor(readAs: string | undefined): readonly CompanionNaming[] {
  return (readAs === undefined ? undefined : chosenNamings.get(readAs)) ?? namings;
}

/** Every kind of companion, each in the same place at all times. */
export const companionKinds: readonly CompanionKind[] = [...words.keys()];

/** What a companion of any framework goes with; null for a name that is none of one. */
export function companionOf(name: string, readAs?: string): Companion | null {
  // Asked of every name of a large run: without a function for each.
  for (const naming of namingsFor(readAs)) {
    const companion = naming.companionOf(name);
    if (companion) return companion;
  }
  return null;
}

/** The names that companions of a model would have, by its name or id. */
export function companionsOf(model: string, readAs?: string): string[] {
  return namingsFor(readAs).flatMap((naming) => naming.companionsOf(model));
}

/** The name or id that a companion of this kind gets beside a model; undefined where no framework has such. */
export function companionFor(model: string, kind: CompanionKind, readAs?: string): string | undefined {
  return companionsOf(model, readAs).find(
    (path) => companionOf(path.slice(path.lastIndexOf('/') + 1))?.kind === kind,
  );
}

/** A file that goes with models of a run: relative to that, and with which. */
interface SharedPath {
  path: string;
  goesWith: (id: string) => boolean;
}

/** Files of a run that go with models right in it, relative to it, by what tells with which; they need not be there. @param root absolute */
export function sharedPaths(root: string, readAs?: string): SharedPath[] {
  return layoutsFor(readAs).flatMap(
    ({ shared }) =>
      shared?.paths(root).map((path) => ({ path, goesWith: (id) => shared.goWith(id, path, root) })) ?? [],
  );
}

const sharedKinds = new Map(knownLayouts.flatMap(({ shared }) => [...(shared?.kinds ?? [])]));

const sharedNames = new Set(knownLayouts.flatMap(({ shared }) => shared?.names ?? []));

/** What files of a run say that all models need, and that is not there. */
export function lackingOf(signs: Pick<RunSigns, 'root' | 'has' | 'read'>, readAs?: string): LackingShared[] {
  return layoutsFor(readAs).flatMap(({ shared }) => shared?.lacking?.(signs) ?? []);
}

/** Whether some framework gives a file that all models of a run share this name. */
export function isSharedName(name: string): boolean {
  return sharedNames.has(name);
}

/** What a file that goes with a model, its own or a shared one, is of; null for none of a known kind. @param path or name */
export function kindOfCompanion(path: string): CompanionKind | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return companionOf(name)?.kind ?? sharedKinds.get(name) ?? null;
}

/** What the names of models of one training begin with, by one of them; null where it is none that has companions. */
export function familyOf(model: string): string | null {
  return firstOf(namings, (naming) => naming.familyOf(model));
}

/** The kinds of companions that a model is saved without, though it may need them; none for most. @param model its name or id */
export function savedWithout(model: string): readonly CompanionKind[] {
  // Asked of every model of a large run: without a list for each.
  for (const naming of ofFrameworks) {
    const kinds = naming.savedWithout?.(model) ?? [];
    if (kinds.length > 0) return kinds;
  }
  return none;
}

const none: readonly CompanionKind[] = [];

/** The ids that a model of one training, saved at a step, may have. */
export function modelsAtStep(family: string, step: number): string[] {
  return ofFrameworks.flatMap((naming) => naming.modelAtStep?.(family, step) ?? []);
}

/** Whether a framework gives models this name, though its ending is not one that models have everywhere. */
export function isModelOfLayout(name: string, readAs?: string): boolean {
  return layoutsFor(readAs).some((layout) => layout.isModel?.(name));
}

const partsOfLayouts = knownLayouts.flatMap(({ isPart }) => isPart ?? []);

/** Whether a file of this name is but a part of what some framework saves, and no version by itself. */
export function isPartOfLayout(name: string): boolean {
  // Asked of every model of a large run: without a function for each.
  for (const isPart of partsOfLayouts) if (isPart(name)) return true;
  return false;
}

/** Whether a framework leaves a file of this name when a save is interrupted. */
export function isLeftoverOfLayout(name: string, readAs?: string): boolean {
  return layoutsFor(readAs).some((layout) => layout.isLeftover?.(name));
}

/** What a name says in the way of the framework that gives such names; null where none does. */
export function readNameOfLayout(
  name: string,
  isBeside: (other: string) => boolean,
  readAs?: string,
): NamedState | null {
  return firstOf(layoutsFor(readAs), (layout) => layout.readName?.(name, isBeside) ?? null);
}

export function tellMissing(kind: CompanionKind): string {
  const { what, are } = wordsFor(kind);
  return `its ${what}, which other versions here have, ${are} missing`;
}

/**
 * That a model was saved without what others have.
 * @param fitting the names of those that are of its step @param isStepKnown whether that can be told
 */
export function tellSavedWithout(
  kind: CompanionKind,
  fitting: readonly string[],
  isStepKnown: boolean,
): string {
  const found = fitting.length === 1 ? 'has those of its step' : 'have those of its step';
  if (fitting.length > 0) return `${tellMissing(kind)}: ${fitting.join(', ')} ${found}`;
  return isStepKnown ? `${tellMissing(kind)}, and none here are of its step` : tellMissing(kind);
}

/** Why what goes with one model is kept for another. @param model the name of the other */
export function tellLent(kind: CompanionKind, model: string): string {
  const { what, are } = wordsFor(kind);
  return `its ${what} ${are === 'are' ? 'fit' : 'fits'} ${model}, which has none`;
}

export function tellOlder(kind: CompanionKind): string {
  const { what, are } = wordsFor(kind);
  return `its ${what} ${are} older than it, and may be of another training`;
}

/** A sentence for each way in which a companion contradicts its model, by what both say of themselves. */
export function tellMismatches(kind: CompanionKind, own: JsonObject, model: JsonObject): string[] {
  const { what, mismatches } = wordsFor(kind);
  return (mismatches?.(own, model) ?? []).map((each) => `its ${what} ${each}`);
}

/** What a companion counts of the training that its model had, by what both say of themselves; null where that is nothing. */
export function countedBy(kind: CompanionKind, own: JsonObject, model: JsonObject): Counted | null {
  return wordsFor(kind).counted?.(own, model) ?? null;
}

/** The name of the companion of the same kind that a model of another step of its training has; null where names tell no step. */
export function companionAtStep(companion: string, step: number): string | null {
  return firstOf(namings, (naming) => naming.atStep(companion, step));
}

/** That a companion counts what one of another model would. @param words of what it counts @param model its name without ending */
export function tellOtherStep(kind: CompanionKind, words: string, model: string): string {
  const { what, are } = wordsFor(kind);
  return `its ${what} ${words}: ${are === 'are' ? 'they' : 'it'} may go with ${model}`;
}

/** What a folder is by its name and the names in it; null where no framework takes it for a version. */
export function recogniseFolder(name: string, inside: NamesInside, readAs?: string): FolderVersion | null {
  const own = nameBeforeSave(inside) ?? name;
  const known = firstOf(layoutsFor(readAs), ({ id, versionFolder }) => {
    const version = versionFolder?.recognise(own, inside) ?? null;
    return version && { layout: id, ...version };
  });
  if (known) return known;
  const set = savedSetIn(own, inside);
  return set && { layout: null, main: set.main, missing: set.missing };
}

/** What a folder is that stands beside checkpoints under a name that tells nothing; null where no framework takes it for a version. */
export function recogniseBeside(inside: NamesInside, readAs?: string): FolderVersion | null {
  return firstOf(layoutsFor(readAs), ({ id, versionFolder }) => {
    const version = versionFolder?.beside?.recognise(inside) ?? null;
    return version && { layout: id, ...version, isAnyName: true };
  });
}

/** Whether a name is that of a checkpoint beside which folders of any name may be versions. */
export function isCheckpointWithBeside(name: string, readAs?: string): boolean {
  return layoutsFor(readAs).some(({ versionFolder }) => versionFolder?.beside?.isCheckpoint(name));
}

/** Whether a folder with these names right in it may be a version, which the names in the folders there tell. */
export function mayBeVersionBelow(inside: NamesInside, readAs?: string): boolean {
  return layoutsFor(readAs).some(({ versionFolder }) => versionFolder?.mayBe?.(inside));
}

/** How the framework that takes a folder for a version keeps one there. */
export function folderNamingOf({ layout }: FolderVersion): FolderNaming | undefined {
  return knownLayouts.find(({ id }) => id === layout)?.versionFolder;
}

function wordsFor(kind: CompanionKind): CompanionWords {
  return words.get(kind) ?? { what: kind, are: 'is' };
}

function firstOf<Item, Found>(items: readonly Item[], find: (item: Item) => Found | null): Found | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}
