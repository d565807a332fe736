import { type IntegrityState, passesVerify } from '../../../shared/model/integrity.ts';
import type { VerifyOutput } from '../../../shared/model/outputs.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import type { PoolOptions } from '../../core/integrity/integrity-pool.ts';
import type { Verification } from '../../core/integrity/verification.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { formatBytes } from '../print/format-values.ts';
import { showProgress, writeOut } from '../print/write-out.ts';
import { stopOnInterrupt } from '../stop-on-interrupt.ts';
import type { LayoutOption } from './load-reader.ts';
import { openTarget, type VerifyTarget } from './verify-target.ts';

export interface VerifyCommandOptions extends LayoutOption {
  jobs?: number;
  json?: boolean;
}

const interrupted = 'not everything was verified — it was interrupted — run it again to read all of it';

/** `cairn verify`: every byte of runs, single checkpoints, or the files a SHA256SUMS lists, read again. */
export async function verify(paths: readonly string[], options: VerifyCommandOptions): Promise<ExitCode> {
  const started = performance.now();
  const signal = stopOnInterrupt(interrupted);
  const targets = await Promise.all(paths.map((path) => openTarget(path, options)));
  const progress = trackProgress(targets.reduce((bytes, target) => bytes + target.bytes, 0));
  const found: VerifyOutput['files'][] = [];
  try {
    for (const target of targets) {
      const name = targets.length === 1 ? (id: string) => id : target.nameAmongOthers;
      found.push(await verifyTarget(target, name, { ...options, signal, onBytes: progress.add }));
    }
  } finally {
    progress.end();
  }
  const seconds = (performance.now() - started) / 1000;
  const output = summarise(targets, found.flat(), progress.bytes(), seconds);
  for (const { path, problem } of output.problems)
    process.stderr.write(`${escapeName(path, 400)}: ${escapeName(problem, 400)}\n`);
  await writeOut(options.json ? [`${JSON.stringify(output)}\n`] : formatText(output));
  return output.ok ? exitCodes.done : exitCodes.foundWrong;
}

async function verifyTarget(
  target: VerifyTarget,
  name: (id: string) => string,
  { jobs, ...reading }: VerifyCommandOptions & Required<Pick<PoolOptions, 'onBytes' | 'signal'>>,
) {
  const results = new Map<string, Verification>();
  await target.verify((verification) => results.set(verification.id, verification), {
    onBytes: reading.onBytes,
    signal: reading.signal,
    ...(jobs === undefined ? {} : { jobs }),
  });
  return target.ids.flatMap((id) => {
    const result = results.get(id);
    return result ? [{ id: name(id), ...result.integrity }] : [];
  });
}

/** Nothing found, a folder that could not be looked into, a list of checksums that is damaged, or a broken file that models share, is no reason to call a run whole. */
function summarise(
  targets: readonly VerifyTarget[],
  files: VerifyOutput['files'],
  bytes: number,
  seconds: number,
): VerifyOutput {
  const counts = new Map<IntegrityState, number>();
  for (const { state } of files) counts.set(state, (counts.get(state) ?? 0) + 1);
  const seen = files.length > 0 && targets.every(({ isWhole }) => isWhole);
  return {
    ok: seen && files.every(({ state }) => passesVerify(state)),
    files,
    counts: Object.fromEntries(counts),
    bytes,
    seconds: Math.round(seconds * 1000) / 1000,
    problems: targets.flatMap(({ problems }) => problems),
  };
}

function* formatText({ files, counts, bytes, seconds }: VerifyOutput): Generator<string> {
  for (const { id, state, detail, cause } of files) {
    const why = detail ?? (cause === null ? '' : cause);
    yield `${state.padEnd(10)}  ${escapeName(id, 400)}${why ? `  ${escapeName(why, 400)}` : ''}\n`;
  }
  const tally = Object.entries(counts).map(([state, count]) => `${count} ${state}`);
  yield `\n${tally.join(', ') || 'no versions'}; ${formatBytes(bytes)} read in ${seconds.toFixed(2)} s\n`;
}

/** Bytes read so far, and on a terminal a line that says so. */
function trackProgress(total: number) {
  const started = Date.now();
  let bytes = 0;
  const add = (more: number) => {
    bytes += more;
    const rate = bytes / Math.max(0.001, (Date.now() - started) / 1000);
    showProgress(`${formatBytes(bytes)} of ${formatBytes(total)}, ${formatBytes(rate)}/s`);
  };
  return { add, bytes: () => bytes, end: () => showProgress('') };
}
