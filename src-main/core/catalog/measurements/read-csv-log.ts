import { rule } from '../../formats/damage.ts';
import { plural } from '../../formats/plain-text.ts';
import type { Source } from '../../formats/source.ts';
import { axesOf } from './counted-by.ts';
import { cellNumber, csvCells } from './csv-line.ts';
import { type Axis, LogBuilder, type LogProgress, type MetricLog } from './metric-log.ts';
import { isLeftOut } from './rllib-names.ts';
import { notesOfText, readLines, type TextEnd } from './text-lines.ts';

const mostColumns = 2000;

/**
 * A table of what was measured, a row for each time: `progress.csv` of stable-baselines3 (common/logger.py, CSVOutputFormat) and of Ray Tune,
 * `metrics.csv` of Lightning (loggers/csv_logs.py), whose rows are mostly empty; `results.csv` of Ultralytics, and, with tabs, `progress.txt` of
 * Spinning Up (utils/logx.py). Cells that are no numbers say nothing.
 * @param before what an earlier reading of it came to, where it has only grown since
 * @throws Damage where it has no column that counts steps, iterations or epochs, or is larger than is read
 */
export async function readCsvLog(source: Source, before?: CsvReading): Promise<CsvReading> {
  const table = new CsvTable(before?.table);
  const end = await readLines(source, (line) => table.take(line), before?.end);
  return { ...table.build(notesOfText(end)), end };
}

/** What a table says, and what it takes to go on reading it. */
export interface CsvReading {
  log: MetricLog;
  end: TextEnd;
  table: {
    names: readonly string[] | null;
    isTabbed: boolean;
    columns: (ColumnPlaces & { built: LogProgress }) | null;
    odd: number;
  };
}

const nothingRead: CsvReading['table'] = { names: null, isTabbed: false, columns: null, odd: 0 };

class CsvTable {
  #names: readonly string[] | null;
  #isTabbed: boolean;
  #columns: Columns | null;
  #odd: number;

  constructor({ names, isTabbed, columns, odd } = nothingRead) {
    this.#names = names;
    this.#isTabbed = isTabbed;
    this.#columns = columns && { ...columns, log: LogBuilder.after(columns.built) };
    this.#odd = odd;
  }

  take(line: string): void {
    if (this.#names === null) this.#open(line);
    else if (line !== '') this.#takeRow(this.#names, line);
  }

  #open(line: string): void {
    this.#isTabbed = line.includes('\t');
    this.#names = namesIn(line, this.#isTabbed);
  }

  build(notes: readonly string[]): Pick<CsvReading, 'log' | 'table'> {
    const [names, columns, odd] = [this.#names, this.#columns, this.#odd];
    const all = odd > 0 ? [...notes, oddLines(odd)] : notes;
    const built = (columns?.log ?? new LogBuilder('step')).finish(all);
    // What builds has room to grow, as much again as what is built.
    const places = columns && { metrics: columns.metrics, counted: columns.counted, built };
    return { log: built.log, table: { names, isTabbed: this.#isTabbed, columns: places, odd } };
  }

  #takeRow(names: readonly string[], line: string): void {
    const cells = csvCells(line, this.#isTabbed);
    if (cells?.length !== names.length) {
      this.#odd += 1;
      return;
    }
    this.#columns ??= columnsOf(names, cells);
    const { log, metrics, counted } = this.#columns;
    const at = Object.fromEntries(counted.map(([axis, index]) => [axis, cellNumber(cells[index])]));
    for (const [name, index] of metrics) {
      const value = cellNumber(cells[index]);
      if (value !== null) log.add(name, value, at);
    }
  }
}

function oddLines(count: number): string {
  const [have, verb] = count === 1 ? ['has', 'does'] : ['have', 'do'];
  return `${plural(count, 'line')} of it ${have} not as many cells as its first line, and ${verb} not count`;
}

interface ColumnPlaces {
  /** Each with the place of its cell. */
  metrics: readonly (readonly [name: string, index: number])[];
  counted: readonly (readonly [axis: Axis, index: number])[];
}

interface Columns extends ColumnPlaces {
  log: LogBuilder;
}

/** YOLOv5 fills them up with spaces. */
function namesIn(line: string, isTabbed: boolean): readonly string[] {
  const names = csvCells(line.replace(/^\ufeff/, ''), isTabbed) ?? [];
  rule(names.length <= mostColumns, () => `its ${plural(names.length, 'column')} are more than are read`);
  return names.map((name) => name.trim());
}

/** The columns that count, and those that are counted: a column that its first row leaves empty counts nothing. */
function columnsOf(names: readonly string[], first: readonly string[]): Columns {
  const { axis, also, counted } = axesOf(names.filter((_, index) => cellNumber(first[index]) !== null));
  const places = new Set(counted.map(([, name]) => name));
  const seen = new Set(places);
  const metrics = names.flatMap((name, index) => {
    const isMetric = name !== '' && !seen.has(name) && !isLeftOut(name);
    seen.add(name);
    return isMetric ? [[name, index] as const] : [];
  });
  return {
    log: new LogBuilder(axis, also),
    metrics,
    counted: counted.map(([each, name]) => [each, names.indexOf(name)]),
  };
}
