import { realpathSync } from 'node:fs';
import { type Json, type JsonObject, toNumber } from '../../../shared/model/json.ts';
import { isRewardName } from '../../../shared/model/metric.ts';
import type { VersionKind } from '../../../shared/model/version.ts';
import type { SaveOutput } from '../../../shared/model/writing-outputs.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import { parseJsonExactly } from '../../core/catalog/parse-json.ts';
import { ModelManagerError, toFailure, UsageError } from '../../core/errors.ts';
import { explainError, isInTheWay } from '../../core/files/error-code.ts';
import { makeFolder } from '../../core/files/make-folder.ts';
import type { ModelManager } from '../../core/model-manager.ts';
import { adoptFolder } from '../../core/save/adopt-folder.ts';
import type { Adopting } from '../../core/save/adopting.ts';
import { type AskedSave, assertSavable } from '../../core/save/assert-savable.ts';
import { removeMadeRun } from '../../core/save/remove-made-run.ts';
import type { Saved } from '../../core/save/save-request.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { formatSaved } from '../print/saved.ts';
import { writeOut } from '../print/write-out.ts';
import { stopUndone, untilInterrupted } from '../stop-on-interrupt.ts';
import { readNumber } from '../writing-commands.ts';
import { openingOf, openProgram, printNotice, type WritingOptions } from './load-run.ts';

export interface SaveOptions extends WritingOptions {
  weights?: string;
  watch?: string;
  kind: VersionKind;
  name?: string;
  reward?: number;
  metric: string[];
  state: string[];
  symbol?: string;
  notes?: string;
  tag: string[];
  prune: boolean;
  backupBest?: boolean;
  config?: string;
}

/** `cairn save`: a file becomes the next version of a run, which is made if it is not there; with `--watch` each checkpoint in a folder does. */
export async function save(folder: string, options: SaveOptions): Promise<ExitCode> {
  const from = fromOf(options);
  const request = requestOf(options);
  await assertSavable(folder, { config: options.config, from });
  const made = makeRun(folder);
  if (made !== null) printNotice(`made the run folder ${escapeName(folder, 400)}: it was not there`);
  const { manager } = openProgram(folder, {
    ...openingOf(options),
    ...(options.config === undefined ? {} : { config: options.config }),
  });
  if ('watched' in from) return watchFolder(manager, from.watched, request, options);
  const { file, name } = from;
  const signal = stopUndone('save');
  const named = { ...request, signal, source: { path: file }, ...(name === undefined ? {} : { name }) };
  const saving = options.kind === 'best' ? manager.saveBestModel(named) : manager.saveCheckpoint(named);
  const saved = await saving.catch(async (error: unknown) => {
    if (made !== null && (await removeMadeRun(manager.root, made)))
      printNotice(`removed the run folder ${escapeName(folder, 400)} again: nothing was saved`);
    throw error;
  });
  tellRewards(request, manager.metric.name);
  await print(manager, saved, options);
  return exitCodes.done;
}

/** @throws UsageError for options that do not go together */
function fromOf({ weights, watch, name, reward }: SaveOptions): AskedSave['from'] {
  if (weights !== undefined && watch === undefined) {
    if (reward !== undefined) return { file: weights, name };
    throw new UsageError('no reward given — versions are ranked by it — give --reward, which may be nan');
  }
  if (watch === undefined || weights !== undefined)
    throw new UsageError(
      'nothing to save — it needs --weights FILE or --watch FOLDER, and not both — give one of them',
    );
  if (name === undefined) return { watched: watch };
  throw new UsageError('--name and --watch do not go together — each file has its own — leave --name out');
}

/** Both are kept, and what ranks is the metric of that name, where the run goes by its reward. */
function tellRewards({ reward, metrics }: Adopting['request'], ranking: string): void {
  const mean = toNumber(metrics?.['mean_reward'] ?? null);
  if (mean === null || mean === reward || !Number.isFinite(reward) || !isRewardName(ranking)) return;
  printNotice(`two rewards are given: mean_reward ${mean} ranks it, not --reward ${reward}`);
}

/** Until it is interrupted. */
async function watchFolder(
  manager: ModelManager,
  folder: string,
  request: Adopting['request'],
  options: SaveOptions,
): Promise<ExitCode> {
  await adoptFolder(manager, folder, {
    kind: options.kind,
    request,
    signal: untilInterrupted(),
    onWatching: () =>
      printNotice(
        `watching ${escapeName(folder, 400)}: what comes into it whole becomes a version of ${escapeName(manager.root, 400)}, until this is interrupted`,
      ),
    onWaiting: (from, why) => printNotice(`waiting for ${escapeName(from, 400)}: ${escapeName(why, 400)}`),
    onSaved: (saved) => void print(manager, saved, options),
    onFailed: (from, error) =>
      process.stderr.write(
        `not saved: ${escapeName(from, 400)}: ${escapeName(toFailure(error).message, 400)}\n`,
      ),
  });
  return exitCodes.done;
}

async function print(manager: ModelManager, saved: Saved, { json }: SaveOptions): Promise<void> {
  saved.warnings.forEach(printNotice);
  await writeOut(json ? [`${JSON.stringify(outputOf(saved))}\n`] : formatSaved(manager, saved));
}

function requestOf(options: SaveOptions): Adopting['request'] {
  const { symbol, notes, tag } = options;
  const state = readPairs('--state', options.state, readValue);
  return {
    reward: options.reward ?? Number.NaN,
    ...readMetrics(options.metric),
    trainingState: options.state.length > 0 ? state : null,
    metadata: {
      ...(symbol === undefined ? {} : { symbol }),
      ...(notes === undefined ? {} : { notes }),
      tags: tag,
    },
    prune: options.prune,
    backUpBest: options.backupBest ?? false,
  };
}

/** Pairs whose values are numbers: what is none would rank nothing. A float that is written as a whole one stays a float. @throws UsageError */
function readMetrics(pairs: readonly string[]): Pick<Adopting['request'], 'metrics' | 'floatMetrics'> {
  const option = '--metric';
  const written = readPairs(option, pairs, (text) => text);
  const isWhole = (name: string) => wholeNumber.test(String(written[name]));
  const metrics = readNumbers(option, pairs);
  return { metrics, floatMetrics: Object.keys(metrics).filter((name) => !isWhole(name)) };
}

function readNumbers(option: string, pairs: readonly string[]): JsonObject {
  const read = readPairs(option, pairs, (text) => readExactly(text) ?? text);
  for (const [name, value] of Object.entries(read))
    if (typeof value !== 'number' && typeof value !== 'bigint')
      throw new UsageError(
        `“${escapeName(String(value))}” is not a value of ${escapeName(name)} — ${option} takes a number, nan, inf or -inf — such as sharpe=1.5`,
      );
  return read;
}

const wholeNumber = /^[+-]?\d+$/;
/** Python itself reads no whole number with more digits. */
const mostDigits = 4300;

/** A number, with every digit where it is whole; undefined for anything else. */
function readExactly(text: string): number | bigint | undefined {
  const number = readNumber(text);
  const isExact = number === undefined || Number.isSafeInteger(number);
  if (isExact || !wholeNumber.test(text) || text.length > mostDigits) return number;
  return BigInt(text.replace('+', ''));
}

/** A number, what JSON it is, or else a text. */
function readValue(text: string): Json {
  const number = readExactly(text);
  if (number !== undefined || !/^(?:[[{"]|(?:true|false|null)$)/.test(text)) return number ?? text;
  try {
    return parseJsonExactly(text);
  } catch {
    return text;
  }
}

/** `NAME=VALUE` pairs. @throws UsageError */
function readPairs(option: string, pairs: readonly string[], read: (text: string) => Json): JsonObject {
  const entries = new Map<string, Json>();
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1)
      throw new UsageError(
        `“${escapeName(pair)}” is not a value for ${option} — it has the form NAME=VALUE — such as sharpe=1.5`,
      );
    const name = pair.slice(0, at);
    if (entries.has(name))
      throw new UsageError(
        `“${escapeName(name)}” is given twice — ${option} takes each name once — leave one out`,
      );
    entries.set(name, read(pair.slice(at + 1)));
  }
  return Object.fromEntries(entries);
}

/** @returns the uppermost folder that was made for it, null where it was there before @throws UsageError when a file is in the way, ModelManagerError when the folder cannot be made */
function makeRun(folder: string): string | null {
  try {
    const made = makeFolder(folder);
    return made && realpathSync(made);
  } catch (cause) {
    if (isInTheWay(cause)) throw new UsageError(cannotMake(folder, 'a file is in the way'), { path: folder });
    throw new ModelManagerError(cannotMake(folder, explainError(cause)), { path: folder, cause });
  }
}

function cannotMake(folder: string, why: string): string {
  return `cannot make the run ${escapeName(folder)} — ${why} — name another folder`;
}

function outputOf(saved: Saved): SaveOutput {
  const { id, version, checksum, size, companions, pruned, pruning, replaced, emptied } = saved;
  const own = { id, version, checksum, file_size_bytes: size };
  const beside = companions.map((each) => ({
    id: each.id,
    checksum: each.checksum,
    file_size_bytes: each.size,
  }));
  return { ...own, companions: beside, pruned, operation: pruning, replaced, emptied };
}
