import { plantIn } from './plant.mjs';

const planner = plantIn('shared/query/plan-retention.ts');
const leaders = plantIn('shared/query/retention-leaders.ts');
const ranking = plantIn('shared/query/rank-versions.ts');
const copies = plantIn('shared/query/pick-distinct.ts');
const picking = plantIn('shared/query/pick-versions.ts');

/** What stays, and what is best and latest. @type {import('./plant.mjs').Mutant[]} */
export const RETENTION = [
  planner('the pinned are pruned', "if (version.pinned) reasons = add(reasons, 'pinned');"),
  planner(
    'the linked are pruned',
    "if (version.linked) reasons = add(reasons, 'a link of the run points to it');",
  ),
  planner(
    'what cannot be moved is pruned',
    'addSaid(addSaid(reasons, version.immovable), version.doubt)',
    'addSaid(reasons, version.doubt)',
  ),
  leaders('the newest is pruned', "lead(latest, 'the newest intact version');"),
  leaders('the best is pruned', "lead(named, 'the best intact version');"),
  leaders(
    'what was written last is pruned where steps tell another',
    "if (written !== latest) lead(written, 'the file that was written last');",
  ),
  leaders(
    'the last file goes where none is intact',
    "if (intact.length === 0) lead(newestBroken(versions), 'the newest, and none is intact');",
  ),
  planner(
    'what is being written is pruned',
    "if (version.state === 'writing') reasons = add(reasons, 'being written');",
  ),
  planner(
    'what training resumes from is pruned',
    'for (const why of version.wanted) reasons = add(reasons, why);',
  ),
  planner(
    'what cannot be read is pruned',
    "if (version.state === 'unreadable') reasons = add(reasons, 'its file cannot be read');",
  ),
  planner(
    'checkpoints are pruned by the rules for best models',
    "return kinds !== 'all' && kind !== 'best';",
    'return false && kinds === kind;',
  ),
  planner(
    'without rules all go',
    'if ((rules.keepBest ?? rules.keepLatest ?? rules.keepEvery) === null)',
    'if (rules === null)',
  ),
  planner('a negative number is a rule', 'Number.isInteger(count) && count >= 0', 'Number.isInteger(count)'),
  planner(
    'broken versions fill places',
    'isIntactSoFar(state) && doubt === null',
    'state !== undefined && doubt === null',
  ),

  planner(
    'one measurement fills a place of each version that it is carried on to',
    '  measurement && ',
    '  null && measurement && ',
  ),
  leaders(
    'the highest number is pruned where a clock was put back',
    'lead(findOutnumbering(intact, latest),',
    'lead(null && findOutnumbering(intact, latest),',
  ),
  planner(
    'what is no known checkpoint takes the place of one',
    'return versions.map((each) => (isOdd(each) ? { ...each, doubt: odd } : each));',
    'return versions;',
  ),
  planner(
    'a run of a format of its own is never pruned',
    'if (!versions.some((each) => each.recognised && isBelieved(each))) return versions;',
  ),
  copies('copies fill a place each', 'for (const one of own) held.add(one);', ''),
  copies(
    'of some copies none fills a place',
    'const isFirst = !own.some((one) => held.has(one));',
    'const isFirst = own.some((one) => held.has(one));',
  ),

  ranking('the direction is swapped', "mode === 'max' ? -1 : 1", "mode === 'max' ? 1 : -1"),
  ranking('NaN takes part in the ranking', 'return finiteOrNull(value) !== null;', 'return value !== null;'),
  ranking(
    'ties go to the later',
    'kindOrder(a) - kindOrder(b) || newest(b, a)',
    'kindOrder(a) - kindOrder(b) || newest(a, b)',
  ),
  ranking(
    'the latest is the highest number',
    'byTime(a, b) || byNumber(a, b)',
    'byNumber(a, b) || byTime(a, b)',
  ),
  ranking(
    'a broken version is the best',
    'const intact = [...versions].filter(({ state }) => isIntactSoFar(state));',
    'const intact = [...versions];',
  ),
  picking('the best few by the wrong end', "mode === 'max' ? 1 : -1", "mode === 'max' ? -1 : 1"),
  picking('of some steps the last is kept', 'step < (found?.step ?? Infinity)', 'step > (found?.step ?? -1)'),
  picking(
    'the newest few are one too few',
    'return rankLatest(able).slice(0, count);',
    'return rankLatest(able).slice(0, count - 1);',
  ),
];
