import { ByteReader } from '../byte-reader.ts';
import type { Contents, Entry } from '../contents.ts';
import { Damage } from '../damage.ts';
import { emptyContents } from '../empty-contents.ts';
import { PickledNames } from '../pickle/pickled-names.ts';
import { fullName, itemsOf, type Persistent } from '../pickle/value.ts';
import { BrokenPickle } from '../pickle/walk-pickle.ts';
import { formatCount } from '../plain-text.ts';
import type { Source } from '../source.ts';
import { describeLoading } from '../torch/classify-global.ts';
import { pickledContents } from '../torch/pickled-contents.ts';
import type { Nesting } from '../torch-zip/read-archive-contents.ts';
import { locateStorages } from './locate-storages.ts';
import { type LegacyStart, pickleBudget, readLegacyStart } from './read-pickles.ts';

/** The object of a legacy stream, and where the storages after it are; of a torn one, as many as are there. */
export function readTorchLegacyContents(source: Source): Promise<Contents> {
  return readTorchLegacy(source, { names: new PickledNames(), part: null });
}

/** The same of a stream that may be inside an archive. */
export async function readTorchLegacy(source: Source, { names, part }: Nesting): Promise<Contents> {
  const reader = new ByteReader(source, 0, source.size, pickleBudget);
  let start: LegacyStart;
  try {
    start = await readLegacyStart(reader, names);
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    if (!(error instanceof BrokenPickle)) names.miss(error.message);
    return { ...emptyContents('torch-legacy', [error.message]), ...describeLoading(names) };
  }
  const { storages, problems } = await locateStorages(reader, source, start, names);
  return pickledContents('torch-legacy', {
    root: start.object.value,
    damage: start.object.damage,
    names,
    part,
    around: { source, findStorage: (key) => storages.get(key) ?? 'its storage is not in the file' },
    problems,
    entries: sourceTexts(start.object.persistent),
  });
}

const longestText = 4000;
const mostTexts = 200;

/**
 * The legacy stream carries the source text of each module's class, once: `('module', class, file, text)`. It is only shown.
 * torch/serialization.py, `_legacy_save`
 */
function sourceTexts(persistent: readonly Persistent[]): Entry[] {
  const texts = new Map<string, string>();
  for (const { id } of persistent) {
    const [what, type, , text] = itemsOf(id) ?? [];
    if (what === 'module' && typeof text === 'string' && texts.size < mostTexts)
      texts.set(fullName(type), text);
  }
  return [...texts].map(([name, text]) => {
    const rest = text.length - longestText;
    const more = rest > 0 ? `… ${formatCount(rest)} more characters` : '';
    return {
      key: `source of ${name}`,
      type: 'Python source',
      summary: text.slice(0, longestText) + more,
    };
  });
}
