import { copyListed, type ListedVersion } from '../catalog/listed-version.ts';
import type { RecordTexts } from '../catalog/record-texts.ts';
import { inTurns } from '../files/in-turns.ts';
import type { Listing, SourceRun, WantedVersion } from './list-lines.ts';

/** Of fewer versions of a run the records are read here: a thread reads those of all. */
const worthThreads = 200;

/**
 * The versions as an array of the elements of `cairn ls --json`, each led by its run where that is among the columns, some at a time.
 * @param all whose records will be wanted
 * @throws the signal's reason
 */
export async function* jsonLines(
  { versions, columns }: Listing,
  all: readonly WantedVersion[],
  signal?: AbortSignal,
): AsyncGenerator<string> {
  const isTold = columns.includes('run');
  const records = new Records(all);
  let before = '[\n';
  try {
    for await (const some of inTurns(versions, signal)) {
      for (const { run, listed } of await records.of(some)) {
        const lead = isTold ? `"run":${JSON.stringify(run.name)},` : '';
        yield `${before}{${lead}${run.reader.textOf(listed)}}`;
        before = ',\n';
      }
    }
  } finally {
    records.close();
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

interface Recorded {
  run: SourceRun;
  listed: ListedVersion;
}

/** Versions with their texts, where many of a run are wanted. */
class Records {
  readonly #texts = new Map<SourceRun, RecordTexts>();

  constructor(all: readonly WantedVersion[]) {
    const counts = new Map<SourceRun, number>();
    for (const { run } of all) counts.set(run, (counts.get(run) ?? 0) + 1);
    for (const [run, count] of counts)
      if (count >= worthThreads) this.#texts.set(run, run.reader.readTexts());
  }

  /** Those of these versions that are still there, in their order. */
  async of(some: readonly WantedVersion[]): Promise<Recorded[]> {
    const there = some.flatMap(({ run, id }): Recorded[] => {
      const listed = run.reader.listed(id);
      return listed ? [{ run, listed }] : [];
    });
    const texts = new Map<ListedVersion, string | null>();
    for (const [run, reading] of this.#texts) {
      const own = there.flatMap((each) => (each.run === run && each.listed.text === null ? each.listed : []));
      const told = await reading.of(own.map(({ id }) => id));
      for (const [index, listed] of own.entries()) texts.set(listed, told[index] ?? null);
    }
    return there.map(({ run, listed }) => {
      const text = texts.get(listed) ?? null;
      return { run, listed: text === null ? listed : { ...copyListed(listed), text } };
    });
  }

  close(): void {
    for (const reading of this.#texts.values()) reading.close();
  }
}
