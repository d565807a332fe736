import { isIntactSoFar } from '../model/integrity.ts';
import type { Direction } from '../model/metric.ts';
import { finiteOrNull } from './compare-natural.ts';
import { keepCompanions } from './keep-companions.ts';
import { odd } from './odd-files.ts';
import { pickDistinct } from './pick-distinct.ts';
import { pickBest, pickEvery, pickLatest } from './pick-versions.ts';
import type { Ranked } from './rank-versions.ts';
import { type Leaders, leadersOf } from './retention-leaders.ts';

/**
 * What to keep: the `keepBest` best by the metric, the `keepLatest` newest (whole numbers, 0 allowed), and one version in every
 * `keepEvery` steps (above 0). A rule that is null keeps nothing by itself; where all three are null nothing is removed.
 */
export interface RetentionRules {
  keepBest: number | null;
  keepLatest: number | null;
  keepEvery: number | null;
  /** Which versions the rules may remove; others are kept. */
  kinds: 'best' | 'all';
}

/** What the planner needs of a version, whose id is unique; `step` is the training step it was saved at. */
export interface RetentionCandidate extends Ranked {
  pinned: boolean;
  step: number | null;
  /** A symbolic link of the run points to its file. */
  linked: boolean;
  /** What whoever trained wants it for, in words: the rules leave it alone. None for most. */
  wanted: readonly string[];
  /** Why a file of it cannot be moved, in words; null for nothing that is known. */
  immovable: string | null;
  /** Why its record is not to be believed, in words: it fills no place by what that says, and stays. Null for nothing. */
  doubt: string | null;
  /** The SHA-256 of its bytes, on record or as they were read; null where neither is known. */
  bytes: string | null;
  /** What tells the measurement behind its value, where it counts for other versions too: one made before them. Null where it is its own. */
  measurement: string | null;
  /** Whether a checkpoint was recognised in its file; null where that is not known. */
  recognised: boolean | null;
  /** The kinds of files that go with its model. */
  companions: readonly string[];
}

/** Whether a version is kept, with every reason that keeps it, or why it goes. */
export interface RetentionDecision {
  id: string;
  keep: boolean;
  reasons: readonly string[];
}

/**
 * One decision for each version, in the order given. `refused` has those that only a refusal keeps, once for each refusal, in
 * the words of the decision's reasons. `copies` go because others have the same bytes: by what is on record, as long as nobody read them.
 * `reliedOn` are those that stay and decide what goes: they fill a place of a rule, are the newest or the best, or have what a version that
 * goes has too. What stays for reasons of its own, as a checkpoint among rules for best models, may be broken, and the same goes.
 */
export interface RetentionPlan {
  decisions: RetentionDecision[];
  refused: { id: string; why: string }[];
  copies: string[];
  reliedOn: string[];
}

/** Said of a plan for versions of which nothing was measured. */
export const unmeasuredWarning =
  'No version has a metric, so none is the best: only the newest, and what names and files tell of the others, is kept whatever the rules.';

/**
 * Decides which versions of a run go. Only versions against which nothing speaks so far fill a place of a rule, and of those that hold the
 * same bytes only one fills a place among the best, or the latest; where only best models are concerned, which follow one
 * another by saves alone, another goes only when somebody else wants its place. Whatever the rules, these stay: the newest, by steps and
 * without them, and by its number where a clock was put back, the best and the only one of them, and any that is pinned, being written, linked to, immovable or in doubt. Where none is intact the newest of the others stays, for it is all there is.
 * Throws a RangeError for a number that is no rule: a planner that guesses would remove the wrong versions.
 */
export function planRetention(
  candidates: readonly RetentionCandidate[],
  rules: RetentionRules,
  metric: { name: string; mode: Direction },
): RetentionPlan {
  checkRules(rules);
  const versions = doubtOdd(candidates);
  const intact = versions.filter(isBelieved);
  const places = fillPlaces(intact, rules, metric.mode);
  const placed = heldBytes(places);
  const leaders = leadersOf(versions, intact, metric.mode);
  const toGo = reasonsToGo(rules, metric.name);
  const reliedOn = [...new Set([...Object.values(places).flatMap(idsOf), ...leaders.keys()])];
  const plan: RetentionPlan = { decisions: [], refused: [], copies: [], reliedOn };
  for (const version of versions) {
    const kept = addStanding(namePlaces(version, places, rules, metric.name), version, rules);
    const reasons = addRefusals(kept, version, leaders);
    addDecision(plan, version, reasons, placed, toGo);
    if (!kept) for (const why of reasons ?? []) plan.refused.push({ id: version.id, why });
  }
  return keepCompanions(plan, versions);
}

/**
 * Among checkpoints a file in which none is recognised is not to be believed. Where none is known to be recognised, all are what their
 * trainer writes, and are told apart by their records alone.
 */
function doubtOdd(versions: readonly RetentionCandidate[]): readonly RetentionCandidate[] {
  const isOdd = (each: RetentionCandidate) => each.recognised === false && isBelieved(each);
  if (!versions.some(isOdd)) return versions;
  if (!versions.some((each) => each.recognised && isBelieved(each))) return versions;
  return versions.map((each) => (isOdd(each) ? { ...each, doubt: odd } : each));
}

function isBelieved({ state, doubt }: RetentionCandidate): boolean {
  return isIntactSoFar(state) && doubt === null;
}

/** Undefined where there is none: most versions of a long run have no reason, and need no list. */
type Reasons = string[] | undefined;

/** Why versions go. Made once for a plan: most versions of a long run share one. */
type ReasonsToGo = Record<'torn' | 'mismatch', readonly string[]> &
  Record<'placed' | 'stepless', WithoutRule>;
type WithoutRule = Record<'other' | 'without' | 'endless', readonly string[]>;

/** A version without a finite value cannot be among the best, nor one without a step at so many: where those are kept, that is said. */
function reasonsToGo({ keepBest, keepEvery }: RetentionRules, metric: string): ReasonsToGo {
  const reasons = (...no: string[]): WithoutRule => {
    if (!keepBest) return { other: no, without: no, endless: no };
    return {
      other: no,
      without: [...no, `has no ${metric}`],
      endless: [...no, `its ${metric} is not finite`],
    };
  };
  const no = 'no rule keeps it';
  const placed = reasons(no);
  const stepless = keepEvery === null ? placed : reasons(no, 'has no step');
  return { torn: ['torn'], mismatch: ['mismatch'], placed, stepless };
}

/** The id of the version with the same bytes that fills a place; null where there is none, or nothing is known of these bytes but that they are others. */
function originalOf({ state, bytes }: RetentionCandidate, placed: HeldBytes): string | null {
  if (state === 'torn' || state === 'mismatch' || bytes === null) return null;
  return placed.get(bytes) ?? null;
}

function addDecision(
  { decisions, copies }: RetentionPlan,
  version: RetentionCandidate,
  reasons: Reasons,
  placed: HeldBytes,
  toGo: ReasonsToGo,
): void {
  const original = reasons ? null : originalOf(version, placed);
  if (original !== null) copies.push(version.id);
  decisions.push(decide(version, reasons, original, toGo));
}

function decide(
  { id, state, value, step }: RetentionCandidate,
  reasons: Reasons,
  original: string | null,
  toGo: ReasonsToGo,
): RetentionDecision {
  if (reasons) return { id, keep: true, reasons };
  if (state === 'torn' || state === 'mismatch') return { id, keep: false, reasons: toGo[state] };
  if (original !== null) return { id, keep: false, reasons: [`same bytes as ${original}`] };
  const why = value === null ? 'without' : Number.isFinite(value) ? 'other' : 'endless';
  return { id, keep: false, reasons: toGo[finiteOrNull(step) === null ? 'stepless' : 'placed'][why] };
}

/** @throws RangeError for a number that is no rule */
export function checkRules({ keepBest, keepLatest, keepEvery }: RetentionRules): void {
  for (const [name, count] of Object.entries({ keepBest, keepLatest })) {
    if (count !== null && !(Number.isInteger(count) && count >= 0))
      throw new RangeError(`${name} is ${count}: it must be a whole number, 0 or more`);
  }
  if (keepEvery !== null && !(Number.isFinite(keepEvery) && keepEvery > 0))
    throw new RangeError(`keepEvery is ${keepEvery}: it must be a number of steps above 0`);
}

function isSpared({ kind }: Ranked, { kinds }: RetentionRules): boolean {
  return kinds !== 'all' && kind !== 'best';
}

/** Who fills the places of each rule, and which of them, by id, from 0. */
type Places = Record<'best' | 'latest' | 'every', Filled>;

interface Filled {
  versions: readonly RetentionCandidate[];
  places: ReadonlyMap<string, number>;
}

function fillPlaces(intact: readonly RetentionCandidate[], rules: RetentionRules, mode: Direction): Places {
  const competing = intact.filter((version) => !isSpared(version, rules));
  const mayFillUp = rules.kinds === 'best';
  const best = (count: number) => pickBest(competing, mode, count);
  const latest = (count: number) => pickLatest(competing, count);
  return {
    best: filledBy(pickDistinct(best, rules.keepBest ?? 0, mayFillUp, ownMeasurement)),
    latest: filledBy(pickDistinct(latest, rules.keepLatest ?? 0, mayFillUp, ownBytes)),
    every: filledBy(rules.keepEvery === null ? [] : pickEvery(competing, rules.keepEvery)),
  };
}

function idsOf({ versions }: Filled): string[] {
  return versions.map(({ id }) => id);
}

const ownBytes = ({ bytes }: RetentionCandidate) => [bytes];
/** Of versions that share one measurement it was made of the first. */
const ownMeasurement = ({ bytes, measurement }: RetentionCandidate) => [
  bytes,
  measurement && `measured ${measurement}`,
];

function filledBy(versions: readonly RetentionCandidate[]): Filled {
  return { versions, places: new Map(versions.map(({ id }, place) => [id, place])) };
}

/** By the bytes that fill a place, the id of the version that has the first of them. */
type HeldBytes = ReadonlyMap<string, string>;

function heldBytes({ best, latest, every }: Places): HeldBytes {
  const held = new Map<string, string>();
  for (const { id, bytes } of [...best.versions, ...latest.versions, ...every.versions]) {
    if (bytes !== null && !held.has(bytes)) held.set(bytes, id);
  }
  return held;
}

function namePlaces(
  { id, step }: RetentionCandidate,
  places: Places,
  { keepEvery }: RetentionRules,
  metric: string,
): Reasons {
  let reasons: Reasons;
  const best = places.best.places.get(id);
  const latest = places.latest.places.get(id);
  if (best !== undefined) reasons = add(reasons, `best #${best + 1} by ${metric}`);
  if (latest !== undefined) reasons = add(reasons, latest === 0 ? 'latest' : `latest #${latest + 1}`);
  if (places.every.places.has(id)) reasons = add(reasons, `every ${keepEvery} steps (step ${step})`);
  return reasons;
}

function add(reasons: Reasons, reason: string): string[] {
  return reasons ? [...reasons, reason] : [reason];
}

/** Why a version is none of the rules' business. */
function addStanding(given: Reasons, version: RetentionCandidate, rules: RetentionRules): Reasons {
  let reasons = given;
  if ((rules.keepBest ?? rules.keepLatest ?? rules.keepEvery) === null)
    reasons = add(reasons, 'no rule says otherwise');
  if (isSpared(version, rules)) reasons = add(reasons, 'a checkpoint');
  for (const why of version.wanted) reasons = add(reasons, why);
  if (version.state === 'missing') reasons = add(reasons, 'its file is not there');
  if (version.state === 'unreadable') reasons = add(reasons, 'its file cannot be read');
  return reasons;
}

function addSaid(reasons: Reasons, why: string | null): Reasons {
  return why === null ? reasons : add(reasons, why);
}

function addRefusals(given: Reasons, version: RetentionCandidate, leaders: Leaders): Reasons {
  let reasons = given;
  if (version.pinned) reasons = add(reasons, 'pinned');
  if (version.state === 'writing') reasons = add(reasons, 'being written');
  if (version.linked) reasons = add(reasons, 'a link of the run points to it');
  reasons = addSaid(addSaid(reasons, version.immovable), version.doubt);
  for (const why of leaders.get(version.id) ?? []) reasons = add(reasons, why);
  return reasons;
}
