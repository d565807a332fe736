import { type Group, idOf } from '../catalog/group-names.ts';
import { type FolderNames, groupsIn } from '../catalog/list-run.ts';
import { listVersion } from '../catalog/listed-version.ts';
import type { PackedReading } from '../catalog/packed-reading.ts';
import { unpackVersions } from '../catalog/packed-versions.ts';
import { type GroupReading, readGroup } from '../catalog/read-group.ts';
import { faultsOf, type ReadingContext } from '../catalog/read-names.ts';
import { tryLookAt } from '../files/file-identity.ts';
import type { KeptFiles } from './kept-rows.ts';
import type { KeptSlice } from './kept-slice.ts';
import { type IndexFile, PartIndex } from './part-index.ts';
import { identityOfFiles, isUntouched, lookAtPlain, type PlainGroup } from './plain-group.ts';
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

  /** The versions of these names, but for those that {@link end} tells of. */
  *read(part: FolderNames): Generator<PackedReading> {
    for (const group of groupsIn(part, this.#context.config)) {
      const files = lookAtPlain(this.#context.root, group);
      const slice = files && this.#index.meet(files);
      if (slice) yield* this.#takeWhole(slice);
      else this.#readGroup(group, files);
      yield* this.#takeFull();
    }
  }

  /** The rest; then what was learnt is kept. */
  *end(): Generator<PackedReading> {
    this.#changed += this.#index.missed;
    for (const slice of this.#index.slices) yield* this.#takeApart(slice);
    yield this.#take();
    this.#index.close();
  }

  *#takeWhole(slice: KeptSlice): Generator<PackedReading> {
    if (!this.#mayStay(slice)) return;
    this.#index.keepWhole(slice);
    yield { versions: { ...slice.versions, texts: this.#textsOf(slice) }, problems: [] };
  }

  #readGroup(group: Group, files: PlainGroup | null): void {
    const { root, config, checksums, withTexts } = this.#context;
    const lookAt = (name: string) =>
      name === files?.modelName ? files.model : tryLookAt(`${root}/${idOf(group.folder, name)}`);
    const reading = readGroup(group, { root, checksums, backupSuffix: config.backup_suffix, lookAt });
    const kept = files && this.#isSure(reading, files) ? keptOf(files) : null;
    if (kept) this.#changed += 1;
    this.#builder.addProblems([...reading.problems, ...reading.entries.flatMap(faultsOf)]);
    for (const entry of reading.entries)
      this.#builder.add(listVersion(entry, config.best_model_selection_metric, withTexts), kept);
  }

  /** Whether reading a group again would say the same for as long as its files are what they were. */
  #isSure({ entries, problems }: GroupReading, files: PlainGroup): boolean {
    const isFine = entries.length === 1 && problems.length === 0 && entries[0]?.record.problems.length === 0;
    return isFine && isUntouched(files, this.#now);
  }

  /** What is left of a slice becomes part of new ones. */
  *#takeApart(slice: KeptSlice): Generator<PackedReading> {
    if (this.#mayStay(slice)) return;
    const versions = unpackVersions({ ...slice.versions, texts: this.#textsOf(slice) });
    for (const { row, files } of slice.met()) {
      const version = versions[row];
      if (version) this.#builder.add(version, files);
      yield* this.#takeFull();
    }
  }

  /** Whether a slice may be kept as it is: all of its versions were met, and it is not so small that many would add up. */
  #mayStay({ isWhole, ids }: KeptSlice): boolean {
    return isWhole && ids.length * 2 >= this.#laterSlices;
  }

  /** Null where they are not wanted, or were lost: then whoever wants one reads it again. */
  #textsOf(slice: KeptSlice): string | null {
    if (!this.#context.withTexts) return null;
    const texts = this.#index.textsOf(slice);
    if (texts === null) this.#changed += slice.ids.length;
    return texts;
  }

  *#takeFull(): Generator<PackedReading> {
    if (this.#builder.size >= this.#sliceSize) yield this.#take();
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
