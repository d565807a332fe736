import type { Budget } from '../budget.ts';
import type { Entry } from '../contents.ts';
import { Damage } from '../damage.ts';
import { PickledNames } from '../pickle/pickled-names.ts';
import { recogniseOldPickle, recognisePickle } from '../pickle/recognise.ts';
import { itemsOf, type Persistent } from '../pickle/value.ts';
import { plainName, plural } from '../plain-text.ts';
import { describeLoading } from '../torch/classify-global.ts';
import { openMemberLater } from '../zip/open-member-later.ts';
import type { Member } from '../zip/read-archive.ts';
import type { TorchArchive } from './read-archive-contents.ts';
import { isScanned, scanPickle } from './scan-pickles.ts';

/** So many are looked into, and so many named. */
const most = { looked: 100, told: 3 };
/** As much of one as tells that it is a pickle, in bytes. */
const looksAt = 256;

/** What PyTorch writes beside the pickle and its storages. torch/serialization.py, caffe2/serialize/inline_container.cc */
const own = new Set([
  'byteorder',
  'version',
  '.format_version',
  '.storage_alignment',
  '.data/serialization_id',
]);

/**
 * Members that nothing in the pickle refers to, as an entry; none where there are none. `torch.load` passes them over, so they say nothing of
 * loading the file; what else put them there may load them, and what the pickles among them would call is told.
 * @param persistent what the pickle refers to
 */
export async function describeStrays(
  archive: TorchArchive,
  persistent: readonly Persistent[],
  budget: Budget,
): Promise<Entry[]> {
  const strays = findStrays(archive, new Set(persistent.flatMap(membersOf)));
  if (strays.length === 0) return [];
  const pickles: Member[] = [];
  for (const [, member] of strays.slice(0, most.looked))
    if (await beginsLikePickle(archive, member)) pickles.push(member);
  const names = new PickledNames(budget);
  for (const member of pickles) await scanPickle(archive.source, member, names);
  const summary = [
    `nothing refers to ${listWords(strays.map(([name]) => name))}`,
    ...(pickles.length === 0 ? [] : [`${plural(pickles.length, 'begins', 'begin')} like a pickle`]),
    ...describeCalls(names),
  ];
  return [{ key: 'other members', type: plural(strays.length, 'member'), summary: summary.join('; ') }];
}

function describeCalls(names: PickledNames): string[] {
  const { globals } = describeLoading(names);
  const code = globals.filter(({ called, class: kind }) => called && kind === 'code');
  return code.length === 0
    ? []
    : [`loading those would call ${listWords(code.map(({ module, name }) => `${module}.${name}`))}`];
}

type Stray = [name: string, member: Member];

function findStrays({ members }: TorchArchive, meant: ReadonlySet<string>): Stray[] {
  const isStray = (name: string) =>
    !meant.has(name) && !own.has(name) && !isScanned(name) && !name.endsWith('/');
  return [...members].filter((entry): entry is Stray => entry[1] !== null && isStray(entry[0]));
}

/** By any word of it, whatever kind of storage it is. */
function membersOf({ id }: Persistent): string[] {
  const words = itemsOf(id) ?? [id];
  return words.flatMap((word) => (typeof word === 'string' ? [`data/${word}`.toLowerCase()] : []));
}

async function beginsLikePickle({ source, unpacked }: TorchArchive, member: Member): Promise<boolean> {
  try {
    const opened = openMemberLater(source, member, unpacked);
    const bytes = await opened.read(0, Math.min(opened.size, looksAt));
    const head = { name: '', size: opened.size, bytes };
    return (recognisePickle(head) ?? recogniseOldPickle(head)) !== null;
  } catch (error) {
    if (error instanceof Damage) return false;
    throw error;
  }
}

function listWords(words: readonly string[]): string {
  const told = words.slice(0, most.told).map(plainName);
  return [...told, ...(words.length > told.length ? ['…'] : [])].join(', ');
}
