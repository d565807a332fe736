import { type Group, namesOf } from '../catalog/group-names.ts';
import { type FolderNames, groupsIn } from '../catalog/list-run.ts';
import { listVersion } from '../catalog/listed-version.ts';
import { type PackedNames, type PackedReading, unpackNames } from '../catalog/packed-reading.ts';
import type { PackedVersions } from '../catalog/packed-versions.ts';
import { type GroupContext, type GroupReading, readGroup } from '../catalog/read-group.ts';
import { contextIn, faultsOf, type ReadingContext } from '../catalog/read-names.ts';
import { unpackVersions } from '../catalog/unpack-versions.ts';
import { hashOf, type KeptListing } from './kept-listings.ts';
import type { KeptFiles } from './kept-rows.ts';
import type { KeptSlice } from './kept-slice.ts';
import { type IndexFile, PartIndex } from './part-index.ts';
import {
  asRead,
  identityOfFiles,
  isUntouched,
  namesOfPlain,
  type PlainGroup,
  type PlainNames,
  plainNames,
} from './plain-group.ts';
import { SliceBuilder } from './slice-builder.ts';

interface ReaderOptions {
  /** Versions in a slice. */
  sliceSize?: number;
  /** When reading begins, in milliseconds since 1970: what was touched shortly before is not kept. */
  now?: number;
}

/** So that there is something to see soon. */
const firstSlice = 200;

/**
 * Reads a part of a run once, and opens no sidecar of a version whose files are what they were when it was read before. Tells
 * what reading everything would tell, in another order.
 */
export class IndexedReader {
  readonly #context: ReadingContext;
  readonly #index: PartIndex;
  readonly #listings: KeptListing[] = [];
  readonly #builder = new SliceBuilder();
  readonly #now: number;
  readonly #laterSlices: number;
  #sliceSize: number;
  /** Versions that are to be kept and were not, and the other way round. */
  #changed = 0;

  constructor(
    context: ReadingContext,
    file: IndexFile,
    { sliceSize = 1000, now = Date.now() }: ReaderOptions = {},
  ) {
    this.#context = context;
    this.#index = new PartIndex(file, context.withTexts);
    this.#now = now;
    this.#laterSlices = sliceSize;
    this.#sliceSize = this.#index.isEmpty ? Math.min(firstSlice, sliceSize) : sliceSize;
  }

  /** The versions of the part of a folder, but for those that {@link end} tells of. */
  *read(packed: PackedNames): Generator<PackedReading> {
    const { folder } = packed;
    const hash = hashOf(packed);
    const known = this.#index.listing(folder.path, hash);
    const names = known ? yield* this.#readKnown(known) : unpackNames(packed).names;
    const rest = yield* this.#readNames({ folder, names });
    this.#listings.push({ path: folder.path, hash, count: known?.count ?? names.length, rest });
  }

  /** The rest. */
  *end(): Generator<PackedReading> {
    this.#changed += this.#index.missed;
    for (const slice of this.#index.slices) yield* this.#takeApart(slice);
    yield this.#take();
  }

  /** Keeps what was learnt. */
  close(): void {
    this.#index.close(this.#listings);
  }

  /** Reads a folder that holds the names it held. Gives those that are still to be read. */
  *#readKnown({ path, rest }: KeptListing): Generator<PackedReading, string[]> {
    const left = [...rest];
    for (const place of this.#index.placesIn(path)) {
      const names = place.slice.namesOf(place.row);
      if (this.#index.meet(this.#context.root, place, names)) {
        const whole = this.#wholeOf(place.slice);
        if (whole) yield whole;
      } else left.push(...namesOfPlain(names));
    }
    return left;
  }

  /** Reads groups of files by their names. Gives the names of those that are not kept. */
  *#readNames(names: FolderNames): Generator<PackedReading, string[]> {
    const rest: string[] = [];
    const context = contextIn(names.folder, this.#context);
    for (const group of groupsIn(names, this.#context.config)) {
      const whole = this.#meetOrRead(group, context, rest);
      if (whole) yield whole;
      if (this.#isFull) yield this.#take();
    }
    return rest;
  }

  /** Gives the slice of which this version was the last to be met. What is not kept is read, and its names are added to the rest. */
  #meetOrRead(group: Group, context: GroupContext, rest: string[]): PackedReading | null {
    const names = plainNames(group);
    const place = names && this.#index.place(names);
    if (place && this.#index.meet(context.root, place, names)) return this.#wholeOf(place.slice);
    if (!this.#readGroup(group, names, context)) rest.push(...namesOf(group));
    return null;
  }

  /** The slice, where every one of its versions was met. */
  #wholeOf(slice: KeptSlice): PackedReading | null {
    if (!this.#mayStay(slice)) return null;
    this.#index.keepWhole(slice);
    return { versions: { ...slice.versions, texts: this.#textsOf(slice) }, problems: [] };
  }

  /** Whether what it tells is kept. */
  #readGroup(group: Group, names: PlainNames | null, context: GroupContext): boolean {
    const { config, withTexts } = this.#context;
    const reading = readGroup(group, context);
    const files = names && asRead(names, reading);
    const kept = files && this.#isSure(reading, files) ? keptOf(files) : null;
    if (kept) this.#changed += 1;
    this.#builder.addProblems(reading.problems);
    for (const entry of reading.entries) {
      this.#builder.addProblems(faultsOf(entry));
      this.#builder.add(listVersion(entry, config.best_model_selection_metric, withTexts), kept);
    }
    return kept !== null;
  }

  /** Whether reading a group again would say the same for as long as its files are what they were. */
  #isSure({ entries }: GroupReading, files: PlainGroup): boolean {
    const isFine = entries.length === 1 && entries[0]?.record.problems.length === 0;
    return isFine && isUntouched(files, this.#now);
  }

  /** What is left of a slice becomes part of new ones. */
  *#takeApart(slice: KeptSlice): Generator<PackedReading> {
    if (this.#mayStay(slice)) return;
    const versions = unpackVersions({ ...slice.versions, texts: this.#textsOf(slice) });
    for (const { row, files } of slice.met()) {
      const version = versions[row];
      if (version) this.#builder.add(version, files);
      if (this.#isFull) yield this.#take();
    }
  }

  /** Whether a slice may be kept as it is: all of its versions were met, and it is not so small that many would add up. */
  #mayStay({ isWhole, ids }: KeptSlice): boolean {
    return isWhole && ids.length * 2 >= this.#laterSlices;
  }

  /** Null where they are not wanted, or were lost: then whoever wants one reads it again. */
  #textsOf(slice: KeptSlice): PackedVersions['texts'] {
    if (!this.#context.withTexts) return null;
    const texts = this.#index.textsOf(slice);
    if (texts === null) this.#changed += slice.ids.length;
    return texts;
  }

  get #isFull(): boolean {
    return this.#builder.size >= this.#sliceSize;
  }

  #take(): PackedReading {
    this.#sliceSize = this.#laterSlices;
    const { reading, kept } = this.#builder.take();
    this.#index.keep(kept, this.#changed);
    return reading;
  }
}

function keptOf(files: PlainGroup): KeptFiles {
  return { others: files.others, identity: identityOfFiles(files) };
}
