import type { Problem } from '../../../../shared/model/run.ts';
import { identityOf, type Look, tryLookAt } from '../../files/file-identity.ts';
import { type FoundLogs, findMeasurementFiles } from './find-measurement-files.ts';
import { type KeptLog, keepLog, type LogCost } from './keep-log.ts';
import type { ReadLog } from './log-columns.ts';
import { type LogFile, lengthRead } from './log-file.ts';
import type { Measurements } from './measured.ts';
import { MeasuredRun } from './measured-run.ts';
import type { MetricLog } from './metric-log.ts';
import { ownStatesFirst } from './own-states.ts';

/** What is read and kept of the logs of one run at most: a gigabyte of them is months of training. */
const most: LogCost = { bytes: 1024 ** 3, numbers: 24_000_000 };

const noLogs: FoundLogs = { files: [], folders: [], problems: [] };

/** The files of a run that say what was measured of its versions, followed as they change. */
export class MeasurementFiles {
  readonly #root: string;
  #kept: ReadonlyMap<string, KeptLog> = new Map();
  #found = noLogs;
  #run: MeasuredRun | null = null;
  #problems: readonly Problem[] = [];
  #unread = 0;
  #isRead = false;
  #refreshed: Promise<boolean> = Promise.resolve(false);

  constructor(root: string) {
    this.#root = root;
  }

  /** What they said when they were read last; null for nothing. */
  get measurements(): Measurements | null {
    return this.#run;
  }

  /** Why some of them say nothing, or not all that they have. The same list for as long as nothing is otherwise, from the first look on. */
  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** Whether they were looked for once. */
  get isRead(): boolean {
    return this.#isRead;
  }

  /** The folders in which they are, or may come to be, relative to the run. */
  get folders(): readonly string[] {
    return this.#found.folders;
  }

  /** How many were left unread by the last look, because no more was to be read. */
  get unread(): number {
    return this.#unread;
  }

  /**
   * Looks for them, and reads anew those that are others by now.
   * @param bytes what is to be read at most, where that is less than usual: what is beyond it is left, which is no problem
   * @returns whether one was read, or is gone
   */
  refresh(bytes = most.bytes): Promise<boolean> {
    this.#refreshed = this.#refreshed.then(() => this.#refreshNow(bytes));
    return this.#refreshed;
  }

  async #refreshNow(bytes: number): Promise<boolean> {
    this.#unread = 0;
    const found = await findMeasurementFiles(this.#root);
    const kept = new Map<string, KeptLog>();
    const room = { ...most, bytes };
    for (const file of found.files) {
      const current = await this.#current(file, room, bytes < most.bytes);
      if (!current) continue;
      kept.set(file.path, current);
      room.bytes -= current.cost.bytes;
      room.numbers -= current.cost.numbers;
    }
    const isOther = isDifferent(kept, this.#kept) || found.problems.length !== this.#found.problems.length;
    this.#found = found;
    this.#kept = kept;
    if (isOther || !this.#isRead) await this.#join();
    this.#isRead = true;
    return isOther;
  }

  /** Null for one that is gone, or left unread. */
  async #current(file: LogFile, room: LogCost, isBrief: boolean): Promise<KeptLog | null> {
    const look = tryLookAt(`${this.#root}/${file.path}`);
    if (look === null) return null;
    if (isBrief && isLarger(file, look, room.bytes)) {
      this.#unread += 1;
      return null;
    }
    const [before, state] = [this.#kept.get(file.path), stateOf(file, look)];
    return before?.state === state ? before : keepLog(this.#root, file, state, room, before);
  }

  async #join(): Promise<void> {
    const kept = [...this.#kept.values()];
    const logs = await logsOf(kept);
    this.#run = logs.length > 0 ? new MeasuredRun(logs) : null;
    const ofFiles = kept.flatMap(({ problems }) => problems);
    this.#problems = [...ofFiles, ...this.#found.problems, ...(this.#run?.problems ?? [])];
  }
}

function isLarger(file: LogFile, look: Exclude<Look, null>, bytes: number): boolean {
  return 'size' in look && lengthRead(file, look.size) > bytes;
}

function isDifferent(now: ReadonlyMap<string, KeptLog>, before: ReadonlyMap<string, KeptLog>): boolean {
  return now.size !== before.size || [...now].some(([path, kept]) => before.get(path) !== kept);
}

function readLogOf({ path, group, kind }: LogFile, log: MetricLog): ReadLog {
  return { file: path, group, log, ...(kind === 'own-state' ? { isOfOne: true } : {}) };
}

/** Files of environments that ran side by side are one log, which is called as the first of them. */
async function logsOf(kept: readonly KeptLog[]): Promise<ReadLog[]> {
  const logs = ownStatesFirst(
    kept.flatMap(({ file, reading }) => (reading?.logs ?? []).map((log) => readLogOf(file, log))),
  );
  const monitors = kept.filter(({ reading }) => reading?.episodes);
  if (monitors.length === 0) return logs;
  const { logOfEpisodes } = await import('./read-monitor.ts');
  const groups = new Set(monitors.map(({ file }) => file.group));
  const joined = [...groups].map((group): ReadLog => {
    const own = monitors.filter(({ file }) => file.group === group);
    const log = logOfEpisodes(own.flatMap(({ reading }) => reading?.episodes ?? []));
    return { file: own[0]?.file.path ?? group, group, log };
  });
  return [...logs, ...joined];
}

function stateOf({ numbersSaves }: LogFile, look: Exclude<Look, null>): string {
  return look instanceof Error ? look.message : JSON.stringify([numbersSaves ?? null, identityOf(look)]);
}
