import { objectOrNull, ownValue } from '../../../../shared/model/json.ts';
import { NumberList } from '../../../../shared/model/number-list.ts';
import { Damage, rule } from '../../formats/damage.ts';
import { formatCount } from '../../formats/plain-text.ts';
import type { Source } from '../../formats/source.ts';
import { parseJson } from '../parse-json.ts';
import { cellNumber, csvCells } from './csv-line.ts';
import { LogBuilder, type MetricLog } from './metric-log.ts';
import { numpyMean } from './numpy-mean.ts';
import { takeColumns } from './take-columns.ts';
import { notesOfText, readLines } from './text-lines.ts';

/** The episodes of one environment, in the order in which they ended. */
export interface Episodes {
  rewards: Float64Array;
  /** In steps. */
  lengths: Float64Array;
  /** When they ended, in seconds since 1970; where that is not on record, when the one before it did. */
  times: Float64Array;
  notes: readonly string[];
}

const mostEpisodes = 600_000;
/** As many episodes as stable-baselines3 means by recent: `stats_window_size`. common/base_class.py */
const recent = 100;

/**
 * `monitor.csv`, or `N.monitor.csv` of the environment N: a line `#{"t_start": …}`, then a table of the reward, length and time of each
 * episode. stable_baselines3/common/monitor.py, ResultsWriter. @throws Damage where it is anything else, or larger than is read
 */
export async function readMonitor(source: Source): Promise<Episodes> {
  const table = new MonitorTable();
  const end = await readLines(source, (line) => table.take(line));
  return table.build(notesOfText(end));
}

class MonitorTable {
  #start: number | null = null;
  #columns: readonly number[] | null = null;
  #time = 0;
  readonly #numbers = new NumberList();

  take(line: string): void {
    if (this.#start === null) this.#start = this.#time = startIn(line);
    else if (this.#columns === null) this.#columns = columnsIn(line);
    else this.#takeEpisode(this.#start, this.#columns, line);
  }

  build(notes: readonly string[]): Episodes {
    const [rewards, lengths, times] = takeColumns(this.#numbers.take(), width) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    return { rewards, lengths, times, notes };
  }

  /** Who appends to the file of an earlier training begins at 0 again: the order of a file is that of time. */
  #timeOf(start: number, time: number): number {
    if (start + time >= this.#time) return start + time;
    this.#start = this.#time;
    return this.#time + time;
  }

  #takeEpisode(start: number, columns: readonly number[], line: string): void {
    const cells = csvCells(line) ?? [];
    const [reward, length, time] = columns.map((index) => cellNumber(cells[index]));
    if (reward == null || !isPlace(length)) return;
    // Its steps count for those after it, wherever in time it was.
    if (isPlace(time)) this.#time = this.#timeOf(start, time);
    const at = this.#numbers.extend(width);
    rule(
      this.#numbers.length <= width * mostEpisodes,
      () => `it has more than the ${formatCount(mostEpisodes)} episodes that are read`,
    );
    this.#numbers.values.set([reward, length, this.#time], at);
  }
}

const width = 3;

/** Episodes of all environments are put in the order of time, and counted by their lengths. */
function isPlace(value: number | null | undefined): value is number {
  return value != null && value >= 0 && Number.isFinite(value);
}

function startIn(line: string): number {
  rule(line.startsWith('#'), 'it does not begin as stable-baselines3 writes it');
  try {
    const start = ownValue(objectOrNull(parseJson(line.slice(1))), 't_start');
    return typeof start === 'number' && Number.isFinite(start) ? start : 0;
  } catch (error) {
    throw new Damage(`its first line is ${error instanceof Error ? error.message : 'broken'}`);
  }
}

function columnsIn(line: string): readonly number[] {
  const names = csvCells(line) ?? [];
  const columns = ['r', 'l', 't'].map((name) => names.indexOf(name));
  rule(!columns.includes(-1), 'it has no columns r, l and t');
  return columns;
}

/**
 * What the environments of a training came to: at the end of each episode the mean of the last 100 rewards and lengths, in the order of
 * time, placed at the steps of all episodes so far. Environments that run side by side are in the middle of others then: a model was saved
 * a little later than that count says. Of more episodes than are read of one environment the last ones count.
 */
export function logOfEpisodes(files: readonly Episodes[]): MetricLog {
  const log = new LogBuilder('step');
  const { rewards, lengths } = inOrderOfTime(files);
  let step = 0;
  for (const [index, length] of lengths.entries()) {
    step += length;
    if (index < lengths.length - mostEpisodes) continue;
    const from = Math.max(0, index + 1 - recent);
    log.add('monitor_mean_reward', numpyMean(rewards.subarray(from, index + 1)), { step });
    log.add('monitor_mean_ep_length', numpyMean(lengths.subarray(from, index + 1)), { step });
  }
  return log.build();
}

function inOrderOfTime(files: readonly Episodes[]): Pick<Episodes, 'rewards' | 'lengths'> {
  const joined = (column: 'rewards' | 'lengths' | 'times') =>
    Float64Array.from(files.flatMap((file) => [...file[column]]));
  const [times, rewards, lengths] = [joined('times'), joined('rewards'), joined('lengths')];
  const order = [...times.keys()].sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0));
  const sorted = (numbers: Float64Array) => Float64Array.from(order, (index) => numbers[index] ?? 0);
  return { rewards: sorted(rewards), lengths: sorted(lengths) };
}
