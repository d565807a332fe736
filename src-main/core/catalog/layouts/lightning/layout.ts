import { claimByNames, fileName } from '../claim-by-names.ts';
import { keptByDeepSpeed, missingModel } from '../deepspeed/shards.ts';
import { shardIndex } from '../distributed-checkpoint/shards.ts';
import { lastByNumber } from '../last-by-number.ts';
import type { Claim, FolderVersion, Layout, NamedState, NamesInside, RunSigns } from '../layout.ts';
import { pythonNumber, readNumber } from '../name-numbers.ts';

const ending = '.ckpt';
/** Metric and value; a `-` is between two of them, and may be in a metric's name or before a number. */
const pair = new RegExp(`([^=]+)=(${pythonNumber})(?:-|$)`, 'giy');

/**
 * What ModelCheckpoint leaves: `[PREFIX-]epoch=E-step=S[-METRIC=V].ckpt`, with `-v1` and on where the name was taken, `last.ckpt` as copy or
 * link, and `hpc_ckpt_N.ckpt` where a cluster stopped it. lightning/pytorch/callbacks/model_checkpoint.py
 */
export const lightning: Layout = {
  id: 'lightning',
  name: 'Lightning',
  writes: 'lightning',
  versionFolder: {
    recognise: recogniseFolder,
    mayBe: (inside) => inside.has(statesFolder),
    countsSteps: false,
    readName: (name, main) => readName(name.endsWith(ending) ? name : `${name}/${main}`),
    manifest: shardIndex,
  },
  readName,
  recognise,
};

function recognise(signs: RunSigns): Claim | null {
  const ids = signs.ids.map((id) => id.replace(inFolder, '$1'));
  const claim = claimByNames({ ids }, isNamed, 'are named epoch=E-step=S');
  return (
    claim && {
      ...claim,
      ...lastNamed(
        signs,
        ids.filter((id) => isNamed(fileName(id))),
      ),
    }
  );
}

const isNamed = (name: string) => readName(name) !== null;

/** What `ckpt_path="last"` takes: `last.ckpt`, of several the one that was named last, or what a link of that name leads to. trainer/connectors/checkpoint_connector.py */
function lastNamed(signs: RunSigns, named: readonly string[]): Pick<Claim, 'last' | 'lasts'> {
  const written = lastByNumber(signs, /(?<=^|\/)last(?:-v(\d{1,15}))?\.ckpt(?:\/.*)?$/s);
  if (written.last !== undefined || written.lasts !== undefined) return written;
  const [folder, ...others] = new Set(named.map((id) => id.slice(0, -fileName(id).length)));
  if (folder === undefined || others.length > 0) return {};
  return linkedFrom(`${folder}last.ckpt`, signs);
}

function linkedFrom(link: string, { leadsTo, all }: RunSigns): Pick<Claim, 'last'> {
  const target = leadsTo(link);
  for (const id of target === null ? [] : all())
    if (id === target || id.startsWith(`${target}/`)) return { last: id };
  return {};
}

const inFolder = /(\.ckpt)\/.*$/s;
const shard = /^__\d+_\d+\.distcp$/;
/** Where Lightning has DeepSpeed save. */
const statesFolder = 'checkpoint/';

/**
 * A folder that is named like a file: what FSDP keeps there is a distributed checkpoint with `meta.pt`, what DeepSpeed keeps there is in
 * `checkpoint/`, with `latest` written last. lightning/fabric/strategies/fsdp.py, deepspeed/runtime/engine.py
 */
function recogniseFolder(name: string, inside: NamesInside): Omit<FolderVersion, 'layout'> | null {
  if (!name.endsWith(ending)) return namedWithSlash(name, inside);
  return shardedByFsdp(inside) ?? savedByDeepSpeed(inside);
}

/** `epoch=3-val/loss=0.25.ckpt`: a metric with `/` in its name makes a folder of what is before that, of one epoch or step each. */
function namedWithSlash(name: string, inside: NamesInside): Omit<FolderVersion, 'layout'> | null {
  const [main, ...others] = [...inside].filter((each) => each.endsWith(ending));
  const isOne = main !== undefined && others.length === 0 && /^[^/=]+=[^/=]+$/.test(main);
  return isOne && readName(`${name}/${main}`) !== null && /=.*-[^=]+$/.test(name)
    ? { main, missing: [] }
    : null;
}

function shardedByFsdp(inside: NamesInside): Omit<FolderVersion, 'layout'> | null {
  const [first] = [...inside].filter((name) => shard.test(name)).sort();
  if (first === undefined) return null;
  const isWhole = inside.has('.metadata');
  const missing = [
    ...(isWhole ? [] : ['no .metadata: the save was not finished']),
    ...(inside.has('meta.pt') ? [] : ['meta.pt is missing']),
  ];
  return { main: isWhole ? '.metadata' : first, missing };
}

/** `latest` is written last. */
function savedByDeepSpeed(inside: NamesInside): Omit<FolderVersion, 'layout'> | null {
  if (!inside.has(statesFolder)) return null;
  const isFinished = inside.has('latest');
  const kept = keptByDeepSpeed(inside, statesFolder);
  if (!kept) return isFinished ? { main: 'latest', missing: [missingModel(statesFolder)] } : null;
  return isFinished ? kept : { ...kept, missing: ['no latest: the save was not finished', ...kept.missing] };
}

function readName(name: string): NamedState | null {
  if (!name.endsWith(ending) || !name.includes('=')) return null;
  const pairs = pairsIn(name.slice(0, -ending.length).replace(/-v\d+$/, ''));
  const step = pairs.find(([key]) => key === 'step')?.[1] ?? null;
  const metrics = pairs.filter(([key]) => key !== 'step');
  if (step === null && !metrics.some(([key]) => key === 'epoch')) return null;
  return { step, episode: null, metrics, isBest: false };
}

/** All of them, up to where the name has anything else. */
function pairsIn(stem: string): (readonly [string, number])[] {
  return [...stem.matchAll(pair)].map(([, key = '', value = ''], index) => [
    index === 0 ? withoutPrefix(key) : key,
    readNumber(value),
  ]);
}

/** What comes before the first metric is text of the user's. */
function withoutPrefix(key: string): string {
  return key.slice(key.lastIndexOf('-') + 1);
}
