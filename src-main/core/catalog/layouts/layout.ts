import type { JsonObject } from '../../../../shared/model/json.ts';
import type { Sureness } from '../../../../shared/model/recognised-layout.ts';
import type { FrameworkName } from '../../formats/contents.ts';

/** A sort of files that go with models: the word for it in names. */
export type CompanionKind = string;

/** A file that goes with a model, without which that is not what was trained, and that is no version. */
export interface Companion {
  kind: CompanionKind;
  /** The name of its model, without ending. */
  stem: string;
  /** Whether people call it so, and no framework: without a model of that name it may be of anything. */
  isCalledSo?: true;
}

/** What is said of a kind of companions in sentences. */
export interface CompanionWords {
  what: string;
  are: 'are' | 'is';
  /** In what one contradicts its model, by what both say of themselves; each ends a sentence that begins with `its` and what it is. */
  mismatches?(own: JsonObject, model: JsonObject): string[];
  /** What it counts of the training; null where one of them tells nothing. */
  counted?(own: JsonObject, model: JsonObject): Counted | null;
}

/** What a companion counts of the training that its model had, in steps. */
export interface Counted {
  /** Whether it fits the model. It need not where a training went on without what was there before. */
  fits: boolean;
  /** Follows `its` and what it is. */
  words: string;
  /** The steps of models that would fit. */
  steps: readonly number[];
}

/** How a framework names the files that go with models. */
export interface CompanionNaming {
  kinds: ReadonlyMap<CompanionKind, CompanionWords>;
  /** Null for a name that is none of a companion. */
  companionOf(name: string): Companion | null;
  /** The names that the companions of a model would have, by its name or id. */
  companionsOf(model: string): string[];
  /** The name of the companion of the same kind, and training, that a model of another step has; null where names tell no step. */
  atStep(companion: string, step: number): string | null;
  /** What the names of models of one training begin with, by the id or name of one of them; null where it is none that has companions. */
  familyOf(model: string): string | null;
  /** The model of a training that was saved at a step. @param family see {@link familyOf} */
  modelAtStep?(family: string, step: number): string;
  /** The kinds that a model of this name is saved without, though it may need them to act as it was trained; none for most. */
  savedWithout?(model: string): readonly CompanionKind[];
}

/** What all models of a run need and is not there, by what a file of it says. */
export interface LackingShared {
  kind: CompanionKind;
  /** Of the file that says so, relative to the run. */
  path: string;
  problem: string;
}

/** How a framework names the files of a run that all its models share. */
export interface SharedNaming {
  /** Whether one of them goes with a model, by its id. @param path of it, relative to the run @param root the absolute path of the run */
  goWith(id: string, path: string, root: string): boolean;
  /** Relative to the run, with `/`; they need not be there. @param root the absolute path of the run */
  paths(root: string): string[];
  /** Theirs, without folders. */
  names: readonly string[];
  /** The kinds of companions that some of them are, by their names. */
  kinds: ReadonlyMap<string, CompanionKind>;
  /** A file that says that all models need what is not there, and of which kind; null for none. */
  lacking?(signs: Pick<RunSigns, 'root' | 'has' | 'read'>): LackingShared | null;
}

/** What a framework says of a version in the name of its file. */
export interface NamedState {
  /** Its number among the versions, where the framework counts them in names. */
  version?: number;
  step: number | null;
  episode: number | null;
  /** Under the framework's own names, the epoch too. */
  metrics: readonly (readonly [name: string, value: number])[];
  /** Whether the framework keeps it as the best. */
  isBest: boolean;
}

/** What a run shows of who wrote it, beside what is in its files. */
export interface RunSigns {
  /** Ids of its versions: of a large run, some. */
  ids: readonly string[];
  /** Ids of all its versions. */
  all(): Iterable<string>;
  /** The absolute path of the run. */
  root: string;
  /** Whether a file or folder is there. @param path relative to the run */
  has(path: string): boolean;
  /** The text of a small file; null where there is none that can be read. @param path relative to the run */
  read(path: string): string | null;
  /** The path in the run that a symbolic link leads to; null where nothing is. @param path relative to the run */
  leadsTo(path: string): string | null;
  /** Ids of its versions of which a metric of that name is known. */
  withMetric(name: string): readonly string[];
}

/** Why a run is taken for one of a framework. */
export interface Claim {
  sureness: Exclude<Sureness, 'sure'>;
  /** The end of a sentence that begins with the framework's name. */
  why: string;
  /** The version that it keeps as the best, as an id, where a name tells. */
  best?: string;
  /** The version that it goes on from, as an id, where a file says so. */
  last?: string;
  /** All that it keeps as a best, or goes on from, where these are several: of each policy, metric or training one. */
  bests?: readonly string[];
  lasts?: readonly string[];
  /** The models that training handed over at its end, to be used. */
  finals?: readonly string[];
}

/** A folder that is one version, by the names of what is in it. */
export interface FolderVersion {
  /** The id of the layout that takes it for one; null where it is by what a save put there: several files that were beside each other. */
  layout: string | null;
  /** The file that stands for it, by its name in the folder. */
  main: string;
  /** A sentence for each thing that is not there and should be; none where the save was finished. */
  missing: readonly string[];
  /** Whether its name is somebody's own: a number in that counts nothing. */
  isAnyName?: boolean;
}

/** The names in a folder, relative to it, with `/`; those of folders end in one. */
export type NamesInside = ReadonlySet<string>;

/** A file in a folder that names what else is there. */
export interface FolderManifest {
  /** Null where there is none. @param main the file that stands for the version */
  find(main: string, inside: NamesInside): string | null;
  /** A sentence for each thing that it names and that is not there. @param file its name @param text what it says, as UTF-8 */
  missing(text: string, file: string, inside: NamesInside): string[];
}

/** How a framework keeps a version in a folder of its own. */
export interface FolderNaming {
  /**
   * Null for a folder that is no version. Asked first of the names right in the folder, then of all below it.
   * @param name of the folder
   */
  recognise(name: string, inside: NamesInside): Omit<FolderVersion, 'layout'> | null;
  /** How folders are told that stand beside its checkpoints under any name, and were saved to be used. */
  beside?: {
    /** Whether that is the name of one of its checkpoints. */
    isCheckpoint(name: string): boolean;
    /** Null for a folder that is no version. @param inside as for `recognise` */
    recognise(inside: NamesInside): Omit<FolderVersion, 'layout'> | null;
  };
  /** Whether it may be one by the names right in it, though what it is recognised by is in the folders there. */
  mayBe?(inside: NamesInside): boolean;
  /** The file in it that tells how far training was, and what that says in the form of a sidecar. */
  record?: { name: string; read(object: JsonObject): JsonObject };
  manifest?: FolderManifest;
  /** The file in it that has what was measured of it, by name: an object. */
  metrics?: string;
  /** Whether the number at the end of its name is the step that training was at. */
  countsSteps: boolean;
  /** What its name, and that of the file that stands for it, say in the way of the framework's files; null for nothing. */
  readName?(name: string, main: string): NamedState | null;
}

/** Folders right in a run in which versions are kept where one of some files or folders is beside them: others call folders so too. */
export interface FoldersBeside {
  folders: readonly string[];
  signs: readonly string[];
}

/** How a framework lays out a run that has no sidecars. The reference keeps in sidecars what others keep in files of the run. */
export interface Layout {
  /** For programs; `name` is for people. */
  id: string;
  name: string;
  /** Who its files tell that they are of; without, they tell nothing. */
  writes?: FrameworkName;
  versionFolder?: FolderNaming;
  companions?: CompanionNaming;
  /** Files of a run that go with every model right in it. */
  shared?: SharedNaming;
  /** Folders below a run in which it keeps versions, beside those of the reference. */
  folders?: readonly string[];
  foldersBeside?: FoldersBeside;
  /** Whether a file of this name is a model, though its ending is not one that models have everywhere. */
  isModel?(name: string): boolean;
  /** Whether a file of this name is but a part of a version, though its ending is one that models have: by itself it is none. */
  isPart?(name: string): boolean;
  /** Whether a file of this name is what an interrupted save left. */
  isLeftover?(name: string): boolean;
  /**
   * What a name that only this framework gives says of its version; null for any other name.
   * @param isBeside whether a file of a name is in the same folder
   */
  readName?(name: string, isBeside: (other: string) => boolean): NamedState | null;
  /** Null where nothing speaks for it. */
  recognise(signs: RunSigns): Claim | null;
}
