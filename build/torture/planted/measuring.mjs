import { plantIn } from './plant.mjs';

const core = 'src-main/core';
const job = plantIn(`${core}/benchmark/run-job.ts`);
const processes = plantIn(`${core}/benchmark/job-processes.ts`);
const place = plantIn(`${core}/benchmark/workplace.ts`);
const output = plantIn(`${core}/benchmark/keep-output.ts`);
const record = plantIn(`${core}/benchmark/results-record.ts`);
const once = plantIn(`${core}/benchmark/evaluate-once.ts`);
const sidecars = plantIn(`${core}/benchmark/record-evaluations.ts`);
const evaluation = plantIn(`${core}/benchmark/evaluation.ts`);
const remembered = plantIn(`${core}/integrity/remember-sidecar.ts`);

/** What evaluators leave, and what comes of what they found. @type {import('./plant.mjs').Mutant[]} */
export const MEASURING = [
  job('processes of an evaluator stay', 'await endProcesses(mark, order.grace ?? usualGrace)', '[]'),
  processes('they are not known by what they inherit', 'hasVariable(pid, folder) || '),
  processes('they are not known by where they work', ' || isInside(pid, folder)'),
  processes('they are not known by whom they descend from', ' || seen.get(pid) === start'),
  processes('children of theirs are not theirs', 'if (own.has(parent)) own.add(pid);'),
  processes(
    'who hears no signal stays',
    "left.length === 0 ? [] : signalUntilGone(mark, 'SIGKILL', killFor, true)",
    '[]',
  ),
  place('another’s job is swept', 'if (tryLock(file)) return file;', 'return file;'),
  place('another user’s folder is swept', 'if (!isOwn(held)) return null;'),
  output('an evaluator may write without end', 'if (bytes > most) throw', 'if (bytes > 2 ** 40) throw'),
  output(
    'all of its output is kept',
    'if (bytes < head) await writeAll(file, chunk.subarray(0, head - bytes));',
    'await writeAll(file, chunk);',
  ),
  record('a damaged result counts', ' !== checksum) return null;', " === '') return null;"),
  record(
    'results are the same for every seed',
    '[evaluator, checksum, seed, episodes]',
    '[evaluator, checksum, episodes]',
  ),
  once(
    'a file may change while it is measured',
    'if (report && isSame()) return report;',
    'if (report) return report;',
  ),
  sidecars(
    'a model may change before its result is on record',
    'if (claim && areUntouched(files, seeFiles(claim))) return claim;',
    'if (claim) return claim;',
  ),
  sidecars(
    'a sidecar that changes meanwhile is overwritten',
    '    assertUntouched(identity, replacedBy(step), path);\n',
  ),
  sidecars('a sidecar that Cairn wrote is a stranger’s', '    run.remember(staged.flatMap(allowBoth));\n'),
  sidecars(
    'a sidecar that changed gets results',
    'verification?.sidecar && !isSidecarText(verification.sidecar, text)',
    'verification === undefined',
  ),
  remembered('rot of what Cairn wrote is an edit', '[before, ...(own ?? [])]', '[before]'),
  evaluation(
    'a metric of the same name is overwritten',
    ' && !Object.hasOwn(known, metric))',
    ' && known === null)',
  ),
];
