import { ByteReader } from '../byte-reader.ts';
import type { Contents } from '../contents.ts';
import type { Damage } from '../damage.ts';
import { type ReadPickle, readPickle } from '../pickle/read-pickle.ts';
import type { Source } from '../source.ts';
import { countNamedStorages, countStorages } from '../torch/count-storages.ts';
import { claimsOf, type StorageClaim } from '../torch/storage-claim.ts';
import { zipKind } from '../zip/kinds.ts';
import { type RecoveredMember, recoverMembers } from '../zip/recover-members.ts';
import { contentsOf, type Nesting, stripPrefix } from './read-archive-contents.ts';
import { pickleBudget, scanPickles } from './scan-pickles.ts';

const pickleName = /^([^/]*\/)?data\.pkl$/i;
const storageName = /^(?:[^/]*\/)?data\/([^/]+)$/i;

/**
 * What a torn archive still tells: its pickle comes first and has all names and shapes, and the storages after it are
 * there up to where the file ends. Null when not even the pickle can be found. Which pickle a reader would load that sees
 * more than this one is not known, so that all are looked through, and the rest counts as not read.
 */
export async function recoverContents(
  source: Source,
  damage: Damage,
  nesting: Nesting,
): Promise<Contents | null> {
  const recovery = new Recovery(source, nesting);
  const members: RecoveredMember[] = [];
  for await (const member of recoverMembers(source, recovery.tellSize)) members.push(member);
  const { read, pickle, prefix } = recovery;
  nesting.names.miss(damage.message);
  if (!read || !pickle) return null;
  const archive = stripPrefix(source, members, prefix, nesting.names.budget);
  const own = members.find(({ dataOffset }) => dataOffset === recovery.dataOffset) ?? null;
  await scanPickles(source, members, nesting.names, own);
  const claims = [...recovery.claims.values()];
  const whole = new Set(
    members.filter(({ missing }) => missing === 0).map(({ name }) => storageName.exec(name)?.[1]),
  );
  const named = [countNamedStorages(claims) ?? []].flat();
  const problems = [
    damage.message,
    ...(read.damage ? [read.damage.message, ...named] : [countStorages(claims, (key) => whole.has(key))]),
  ];
  const { name } = zipKind(new Set(members.map((member) => member.name)));
  const format = name === 'torchscript' ? name : 'torch-zip';
  return contentsOf(archive, format, pickle, read, { ...nesting, problems });
}

/** Reads the pickle on the way, for only it tells how long the storages after it are. */
class Recovery {
  pickle: Source | null = null;
  read: ReadPickle | null = null;
  prefix = '';
  dataOffset = -1;
  readonly claims = new Map<string, StorageClaim>();
  readonly #source: Source;
  readonly #nesting: Nesting;

  constructor(source: Source, nesting: Nesting) {
    this.#source = source;
    this.#nesting = nesting;
  }

  readonly tellSize = async (name: string, dataOffset: number): Promise<number | null> => {
    if (pickleName.test(name) && !this.read) return this.#readPickle(name, dataOffset);
    const claim = this.claims.get(storageName.exec(name)?.[1] ?? '');
    const size = claim ? claim.elements * claim.itemSize : Number.NaN;
    return Number.isSafeInteger(size) ? size : null;
  };

  async #readPickle(name: string, dataOffset: number): Promise<number> {
    const pickle = this.#source.slice(dataOffset, this.#source.size - dataOffset, name);
    const reader = new ByteReader(pickle, 0, pickle.size, pickleBudget);
    this.read = await readPickle(reader, this.#nesting.names);
    this.pickle = pickle;
    this.dataOffset = dataOffset;
    this.prefix = name.slice(0, -'data.pkl'.length);
    for (const claim of claimsOf(this.read.persistent)) this.claims.set(claim.key, claim);
    return this.read.damage ? pickle.size : reader.position;
  }
}
