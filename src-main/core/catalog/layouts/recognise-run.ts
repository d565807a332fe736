import type { MetricValues } from '../../../../shared/model/metric-values.ts';
import type { RecognisedLayout } from '../../../../shared/model/recognised-layout.ts';
import { tryLookAt } from '../../files/file-identity.ts';
import { readText } from '../../files/read-text.ts';
import type { WrittenBy } from '../../formats/contents.ts';
import { escapeName } from '../escape-name.ts';
import { leadsTo } from '../find-links.ts';
import { fileName } from './claim-by-names.ts';
import { knownLayouts } from './known-layouts.ts';
import type { Claim, Layout } from './layout.ts';

/** What a file of a run says of who wrote it. */
export interface ToldWriter {
  step: number | null;
  by: WrittenBy;
}

/** A run as far as it tells who wrote it. */
export interface WrittenRun {
  /** Absolute. */
  root: string;
  versions(): Iterable<{ id: string; metrics: Pick<MetricValues, 'names'> }>;
  toldWriters(): readonly ToldWriter[];
}

interface Claimed {
  layout: Layout;
  claim: Claim;
}

/** How many names are looked at: a framework names its files alike. */
const mostNames = 500;
/** What is read of a file that tells something of the run, in bytes. */
const mostText = 1024 * 1024;

/**
 * The framework whose run it is: what files say goes before what names say. Null where nothing tells.
 * @param readAs the one that a person chose: then it is that one, whatever tells otherwise
 */
export function recogniseRun(run: WrittenRun, readAs?: string): RecognisedLayout | null {
  const claims = claimsOn(run);
  const latest = latestOf(run.toldWriters());
  const chosen = knownLayouts.find(({ id }) => id === readAs);
  if (chosen) return byChoice(chosen, latest, claims, run);
  const recognised = latest ? bySaying(latest, claims, run) : byNames(claims, run);
  return recognised && withOthers(recognised, claims);
}

/** What other frameworks keep in the same folder stays theirs. */
function withOthers(recognised: RecognisedLayout, claims: readonly Claimed[]): RecognisedLayout {
  const { best, last, bests = [], lasts = [], finals = [] } = recognised;
  const own = new Set([best, last, ...bests, ...lasts, ...finals]);
  const others = claims
    .filter(({ layout }) => layout.id !== recognised.layout)
    .map(({ layout, claim }) => ({ name: layout.name, keeps: keptBy(claim).filter((id) => !own.has(id)) }))
    .filter(({ keeps }) => keeps.length > 0);
  return others.length > 0 ? { ...recognised, others } : recognised;
}

function keptBy({ best, last, bests = [], lasts = [], finals = [] }: Claim): string[] {
  const one = [best, last].filter((id) => id !== undefined);
  return [...new Set([...one, ...bests, ...lasts, ...finals])];
}

/** Whether anything of a run is as a framework has it: a name, or what a file says of who wrote it. @param id of its layout */
export function isAnythingOf(run: WrittenRun, id: string): boolean {
  if (claimsOn(run).some(({ layout }) => layout.id === id)) return true;
  const writes = knownLayouts.find((layout) => layout.id === id)?.writes;
  return writes !== undefined && run.toldWriters().some(({ by }) => by.framework === writes);
}

function claimsOn({ root, versions }: WrittenRun): Claimed[] {
  const ids = firstIds(versions());
  if (ids.length === 0) return [];
  const withMetric = (name: string) => idsWith(versions(), name);
  const all = () => idsOf(versions());
  const follow = (path: string) => leadsTo(root, path);
  const has = (path: string) => tryLookAt(`${root}/${path}`) !== null;
  const read = (path: string) => readSmall(`${root}/${path}`);
  return knownLayouts.flatMap((layout) => {
    const claim = layout.recognise({ ids, all, root, has, read, leadsTo: follow, withMetric });
    return claim ? [{ layout, claim }] : [];
  });
}

function readSmall(path: string): string | null {
  try {
    return readText(path, mostText);
  } catch {
    return null;
  }
}

function firstIds(versions: Iterable<{ id: string }>): string[] {
  const ids: string[] = [];
  for (const { id } of versions) if (ids.push(id) === mostNames) break;
  return ids;
}

function* idsOf(versions: Iterable<{ id: string }>): Generator<string> {
  for (const { id } of versions) yield id;
}

function idsWith(
  versions: Iterable<{ id: string; metrics: Pick<MetricValues, 'names'> }>,
  name: string,
): string[] {
  const ids: string[] = [];
  for (const { id, metrics } of versions) if (metrics.names.includes(name)) ids.push(id);
  return ids;
}

function latestOf(told: readonly ToldWriter[]): ToldWriter | null {
  let latest: ToldWriter | null = null;
  for (const each of told) if (!latest || (each.step ?? -1) > (latest.step ?? -1)) latest = each;
  return latest;
}

function bySaying(told: ToldWriter, claims: readonly Claimed[], run: WrittenRun): RecognisedLayout | null {
  const { framework } = told.by;
  const own = claims.find(({ layout }) => layout.writes === framework);
  const layout = own?.layout ?? knownLayouts.find(({ id }) => id === framework);
  if (!layout) return null;
  const why = `its files say so${own ? `, and ${own.claim.why}` : ''}`;
  return { ...tell(layout, why), sureness: 'sure', ...kept(own?.claim, told, run) };
}

function byChoice(
  layout: Layout,
  latest: ToldWriter | null,
  claims: readonly Claimed[],
  run: WrittenRun,
): RecognisedLayout {
  const own = claims.find((claimed) => claimed.layout === layout);
  const told = latest && latest.by.framework === layout.writes ? latest : null;
  const why = `it was chosen for this run${own ? `, and ${own.claim.why}` : ''}`;
  return { ...tell(layout, why), sureness: 'chosen', ...kept(own?.claim, told, run) };
}

/** What it keeps as a best and goes on from: what files say of the best goes before what names say. */
function kept(claim: Claim | undefined, told: ToldWriter | null, run: WrittenRun): Kept {
  const best = told?.by.best ?? null;
  const bests = told ? toldBests(told, run) : [];
  return {
    best: (best === null ? undefined : idsNamed([best], run)[0]) ?? claim?.best ?? null,
    last: claim?.last ?? null,
    ...severalOf('bests', bests.length > 1 ? bests : claim?.bests),
    ...severalOf('lasts', claim?.lasts),
    ...severalOf('finals', claim?.finals),
  };
}

type Kept = Pick<RecognisedLayout, 'best' | 'last' | 'bests' | 'lasts' | 'finals'>;

function severalOf(key: 'bests' | 'lasts' | 'finals', ids: readonly string[] | undefined): Partial<Kept> {
  return ids ? { [key]: [...ids] } : {};
}

/** What all files of the latest step name as a best: one saved just before another does not know of that yet. */
function toldBests({ step, by }: ToldWriter, run: WrittenRun): string[] {
  const latest = run.toldWriters().filter((each) => each.step === step && each.by.framework === by.framework);
  return idsNamed(new Set(latest.flatMap(({ by: { bests } }) => bests ?? [])), run);
}

function idsNamed(names: Iterable<string>, { versions }: WrittenRun): string[] {
  const wanted = new Set(names);
  if (wanted.size === 0) return [];
  return Array.from(versions(), ({ id }) => id).filter((id) => wanted.has(fileName(id)));
}

function byNames(claims: readonly Claimed[], run: WrittenRun): RecognisedLayout | null {
  const claimed = claims.find(({ claim }) => claim.sureness === 'likely') ?? claims[0];
  if (!claimed) return null;
  const { layout, claim } = claimed;
  return { ...tell(layout, claim.why), sureness: claim.sureness, ...kept(claim, null, run) };
}

function tell({ id, name }: Layout, why: string): Pick<RecognisedLayout, 'layout' | 'name' | 'why'> {
  return { layout: id, name, why: escapeName(`${name}: ${why}`, 400) };
}
