import { valueNamed } from '../../../../shared/model/metric-values.ts';
import { NumberList } from '../../../../shared/model/number-list.ts';
import { rule } from '../../formats/damage.ts';
import { formatCount, plural } from '../../formats/plain-text.ts';
import type { ListedVersion } from '../listed-version.ts';
import { Course, type CourseState } from './course.ts';
import type { NamedEpochs } from './named-epochs.ts';
import { takeColumns } from './take-columns.ts';

/** What a training counts by. */
export type Axis = 'step' | 'epoch' | 'iteration';

/** What a version is known by to what was measured of a run; `state` as it was listed, `metrics` as it tells them itself. */
export type Measurable = Pick<ListedVersion, 'id' | 'step'> &
  Partial<Pick<ListedVersion, 'metrics'>> & { state?: ListedVersion['state'] | undefined };

/**
 * The measurements of one metric as a file has them, in the order of training: `values[i]` was measured at `at[i]`. Series of a log that were
 * measured at the same places share `at` and `alsoAt`.
 */
export interface MetricSeries {
  name: string;
  at: Float64Array;
  values: Float64Array;
  /** Where training stood by another count; NaN where that is not on record. Null where it never is. */
  alsoAt: Float64Array | null;
}

/** Where in training a version was saved. */
export interface Place {
  axis: Axis;
  at: number;
  /** Whether nothing counts but what was measured at that very place. */
  isExact?: boolean;
  /** Those of all versions, where it is an epoch in a log that counts steps: series of that may count epochs in their place. */
  epochs?: NamedEpochs;
  /** In a sentence each: how the version does not fit what was measured. */
  problems?: readonly string[];
}

/** What a file says was measured while a run was trained. */
export interface MetricLog {
  axis: Axis;
  /** What `alsoAt` counts. */
  also: Axis | null;
  /** Whether a value counts for versions of the very place alone, and not for those saved until the next measurement. */
  isExact: boolean;
  /** Whether all of its metrics count alike, as far as the order tells in which it has them: none counts epochs where another counts steps. */
  countsAlike: boolean;
  series: readonly MetricSeries[];
  /** Whether it tells anything of a version; without it, it does of each. */
  isAbout?: (id: string) => boolean;
  /** Where the log itself says that a version was saved; without it, or null, the version's own step or epoch tells. */
  placeOf?: (version: Measurable) => Place | null;
  /** What it says of a checkpoint by the last part of its name. */
  said?: ReadonlyMap<string, readonly (readonly [metric: string, value: number])[]>;
  /** The rewards of the episodes of the evaluation at a step; null where they are not on record. */
  episodesAt?: (step: number) => readonly number[] | null;
  /** What could not be read of it, in sentences. */
  notes: readonly string[];
}

/** The iteration that a version says it is of itself, as Ray counts them; null where it does not. */
export function ownIteration({ metrics }: Measurable): number | null {
  return metrics ? valueNamed(metrics, 'training_iteration') : null;
}

/** More than any log of a training has; what is beyond is left out, or not read. */
const most = { series: 1000, values: 4_000_000, name: 200 };

const tooManyValues = `it has more than the ${formatCount(most.values)} values that are read`;

/** Where training stood, by each of what a log counts. */
export type Counted = Partial<Record<Axis, number | null>>;

/** What a builder has built, and what else it knows, to go on from there. */
export interface LogProgress {
  log: MetricLog;
  /** Those too of which nothing is left. */
  series: readonly MetricSeries[];
  count: number;
  leftOut: ReadonlySet<string>;
  course: CourseState;
}

/** Takes in measurements in the order in which a file has them. */
export class LogBuilder {
  readonly #axis: Axis;
  readonly #also: Axis | null;
  readonly #isExact: boolean;
  readonly #series = new Map<string, SeriesBuilder>();
  readonly #leftOut = new Set<string>();
  readonly #course: Course;
  #count = 0;

  constructor(axis: Axis, also: Axis | null = null, isExact = false, course?: CourseState) {
    this.#axis = axis;
    this.#also = also;
    this.#isExact = isExact;
    this.#course = new Course(course);
  }

  /** One that has taken in what another had, and goes on. */
  static after({ log, series, count, leftOut, course }: LogProgress): LogBuilder {
    const builder = new LogBuilder(log.axis, log.also, log.isExact, course);
    builder.#count = count;
    for (const name of leftOut) builder.#leftOut.add(name);
    for (const each of series) builder.#series.set(each.name, SeriesBuilder.of(each));
    return builder;
  }

  /** Builds it, and keeps what it takes to go on. @param notes what could not be read of the file */
  finish(notes: readonly string[] = []): LogProgress {
    for (const each of this.#series.values()) each.goBack(this.#course);
    const built = [...this.#series].map(([name, each]) => each.build(name, this.#also !== null));
    const series = withSharedPlaces(built);
    const { state: course, isOne: countsAlike } = this.#course;
    const log = {
      axis: this.#axis,
      also: this.#also,
      isExact: this.#isExact,
      countsAlike,
      series: series.filter(({ at }) => at.length > 0),
      notes: [...notes, ...this.#notes()],
    };
    return { log, series, count: this.#count, leftOut: this.#leftOut, course };
  }

  /**
   * Where training went back to a place before the last one, it was taken up again from there: what was measured beyond is of a model that
   * is gone, of this metric and of all others that count alike. A measurement without a place is passed over. @throws Damage where there are
   * more than are read
   */
  add(name: string, value: number, counted: Counted): void {
    const at = counted[this.#axis] ?? Number.NaN;
    if (Number.isNaN(at)) return;
    const series = this.#series.get(name) ?? this.#open(name);
    if (!series) return;
    if (!this.#isExact) series.goTo(at, this.#course);
    this.#count += 1;
    rule(this.#count <= most.values, tooManyValues);
    series.add(at, value, (this.#also && counted[this.#also]) ?? Number.NaN);
  }

  /** @param notes what could not be read of the file */
  build(notes: readonly string[] = []): MetricLog {
    return this.finish(notes).log;
  }

  #notes(): string[] {
    const { size } = this.#leftOut;
    if (size === 0) return [];
    const [are, than] = [size === 1 ? 'is' : 'are', formatCount(most.series)];
    return [
      `${plural(size, 'metric')} of it ${are} left out: names are longer than ${most.name} characters, or there are more than ${than}`,
    ];
  }

  #open(name: string): SeriesBuilder | null {
    if (name.length > most.name || this.#series.size >= most.series) {
      if (this.#leftOut.size < most.series) this.#leftOut.add(name.slice(0, most.name + 1));
      return null;
    }
    const series = new SeriesBuilder();
    series.goBack(this.#course);
    this.#series.set(name, series);
    return series;
  }
}

class SeriesBuilder {
  readonly #numbers = new NumberList();
  /** How often training had gone back when this was last asked. */
  #backs = 0;

  static of({ at, values, alsoAt }: MetricSeries): SeriesBuilder {
    const builder = new SeriesBuilder();
    const numbers = builder.#numbers;
    numbers.extend(width * at.length);
    for (let index = 0; index < at.length; index += 1) {
      const start = index * width;
      numbers.values[start] = at[index] ?? Number.NaN;
      numbers.values[start + 1] = values[index] ?? Number.NaN;
      numbers.values[start + 2] = alsoAt?.[index] ?? Number.NaN;
    }
    return builder;
  }

  /** Forgets what was measured beyond the places to which training went back since. */
  goBack(course: Course): void {
    if (this.#backs === course.backs) return;
    const at = course.backTo(this.#backs);
    this.#backs = course.backs;
    while (this.#last > at) this.#numbers.length -= width;
  }

  /** What is measured next is at this place; another value that it has there is forgotten too. */
  goTo(at: number, course: Course): void {
    this.goBack(course);
    course.take(at, this.#last, this.#interval);
    while (this.#last >= at) this.#numbers.length -= width;
    this.#backs = course.backs;
  }

  /** The last place; -Infinity for none. */
  get #last(): number {
    const { length, values } = this.#numbers;
    return length > 0 ? (values[length - width] ?? 0) : Number.NEGATIVE_INFINITY;
  }

  /** Between the last place and the one before; 0 where there are not two. */
  get #interval(): number {
    const { length, values } = this.#numbers;
    return length > width ? (values[length - width] ?? 0) - (values[length - 2 * width] ?? 0) : 0;
  }

  add(at: number, value: number, alsoAt: number): void {
    const start = this.#numbers.extend(width);
    this.#numbers.values.set([at, value, alsoAt], start);
  }

  build(name: string, hasAlso: boolean): MetricSeries {
    const [at, values, alsoAt] = takeColumns(this.#numbers.take(), width) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    return { name, at, values, alsoAt: hasAlso ? alsoAt : null };
  }
}

/** Place, value, and the place by another count. */
const width = 3;

/** The rows of a table have a place each, and all its columns those of the first. */
function withSharedPlaces(all: readonly MetricSeries[]): MetricSeries[] {
  const known = new Map<string, MetricSeries>();
  return all.map((series) => {
    const { at, alsoAt } = series;
    const key = `${at.length} ${at[0]} ${at.at(-1)}`;
    const like = known.get(key);
    if (like && areSame(at, like.at) && areSame(alsoAt, like.alsoAt))
      return { ...series, at: like.at, alsoAt: like.alsoAt };
    known.set(key, series);
    return series;
  });
}

function areSame(one: Float64Array | null, other: Float64Array | null): boolean {
  if (one === null || other === null) return one === other;
  return one.length === other.length && one.every((number, index) => Object.is(number, other[index]));
}
