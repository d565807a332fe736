import { randomBytes } from 'node:crypto';
import type { TensorStatistics } from '../../shared/model/tensor-statistics.ts';
import type { WeightsFound } from '../../shared/model/weights-found.ts';
import { weightsFound } from '../../shared/statistics/summarise-drift.ts';
import { type Inspection, inspectFile, whileUnchanged } from '../core/contents/inspect-file.ts';
import { isOfModel, toLayer } from '../core/drift/measure-run.ts';
import type { Tensor } from '../core/formats/contents.ts';
import { type Bin, countBins } from '../core/tensors/histogram.ts';
import { measureTensors } from '../core/tensors/measure-tensors.ts';
import { startSpareWorkers } from '../core/workers/spare-workers.ts';
import { usualLimits } from '../core/workers/worker-limits.ts';
import { NoSuchHandleError } from './version-handles.ts';
import type { WorkTools } from './work.ts';

const linearBins = 60;

type TellWeights = (weights: WeightsFound) => void;

/** `damaged`: what is known by now of bytes that are not those on record, each a sentence. */
export interface MeasuredTensors {
  statistics: (TensorStatistics | null)[];
  damaged: string[];
}

/** What was measured of the files of a version as they are: statistics by the place of a tensor, and sentences on damaged bytes. */
class Measured {
  readonly statistics = new Map<number, TensorStatistics | null>();
  readonly damaged = new Set<string>();
  /** Who was told what was found in its weights: another run, or another name of the same file, is told too. */
  readonly told = new Set<string>();
}

interface OpenOptions {
  /** Is given what was found in all of the model's weights, once these are measured. */
  told?: TellWeights;
  /** What was measured of it when it was open before. */
  known?: Measured;
}

/** A version that one window looks into. Its file is open until it is closed and nothing reads it any more. */
export class OpenContents {
  readonly contentsId = randomBytes(16).toString('hex');
  readonly runId: string;
  /** Absolute. */
  readonly path: string;
  readonly inspection: Inspection;
  readonly #known: Measured;
  readonly #abort = new AbortController();
  readonly #told: TellWeights;
  #reading = 0;

  constructor(
    runId: string,
    path: string,
    inspection: Inspection,
    { told = () => undefined, known = new Measured() }: OpenOptions = {},
  ) {
    this.#told = told;
    this.#known = known;
    this.runId = runId;
    this.path = path;
    this.inspection = inspection;
  }

  /** Whether there is nothing left to be measured. */
  get isMeasured(): boolean {
    const { tensors } = this.inspection.contents;
    return tensors.length > 0 && this.#known.statistics.size === tensors.length;
  }

  /** @throws NoSuchHandleError */
  tensor(index: number): Tensor {
    const tensor = this.inspection.contents.tensors[index];
    if (!tensor) throw new NoSuchHandleError('There is no such tensor in this version.');
    return tensor;
  }

  /** Statistics of the tensors at these places, or of all; each is measured once. @throws the signal's reason, and what reading throws */
  async measure(places: readonly number[] | null, tools: WorkTools): Promise<MeasuredTensors> {
    const wanted = places ?? [...this.inspection.contents.tensors.keys()];
    const missing = wanted.filter((place) => !this.#known.statistics.has(place));
    const tensors = missing.map((place) => this.tensor(place));
    tools.expect(tensors.reduce((sum, tensor) => sum + bytesToRead(tensor), 0));
    const statistics = await this.use(
      (signal) =>
        measureTensors(tensors, {
          ...tools,
          signal,
          onDamaged: (problem) => this.#known.damaged.add(problem),
        }),
      tools.signal,
    );
    for (const [index, place] of missing.entries())
      this.#known.statistics.set(place, statistics[index] ?? null);
    this.#tellWeights();
    const measured = wanted.map((place) => this.#known.statistics.get(place) ?? null);
    return { statistics: measured, damaged: [...this.#known.damaged] };
  }

  #tellWeights(): void {
    const ofModel = [...this.inspection.contents.tensors.entries()].filter(([, tensor]) => isOfModel(tensor));
    if (!ofModel.every(([place]) => this.#known.statistics.has(place))) return;
    const who = `${this.runId} ${this.path}`;
    if (this.#known.told.has(who)) return;
    this.#known.told.add(who);
    const layers = ofModel.map(([place, { name }]) =>
      toLayer(name, this.#known.statistics.get(place) ?? null),
    );
    const weights = weightsFound(layers);
    if (weights) this.#told(weights);
  }

  /** How often which numbers stand in a tensor; null where that cannot be told. @throws as {@link measure} */
  async count(place: number, scale: 'linear' | 'magnitude', tools: WorkTools): Promise<Bin[] | null> {
    const tensor = this.tensor(place);
    if (scale === 'magnitude')
      return this.use((signal) => countBins(tensor, { scale }, signal), tools.signal);
    const [statistics] = (await this.measure([place], tools)).statistics;
    const [min, max] = [Number(statistics?.min ?? Number.NaN), Number(statistics?.max ?? Number.NaN)];
    if (!Number.isFinite(min) || !Number.isFinite(max)) return statistics ? [] : null;
    return this.use(
      (signal) => countBins(tensor, { scale, bins: linearBins, min, max }, signal),
      tools.signal,
    );
  }

  /**
   * Does something that reads the file; its signal is that of the work, or says that the file is being closed.
   * @throws FileChangedError when it is no longer the file that was opened
   */
  async use<T>(read: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const both = AbortSignal.any([this.#abort.signal, ...(signal ? [signal] : [])]);
    both.throwIfAborted();
    this.#reading += 1;
    try {
      return await whileUnchanged(this.inspection, () => read(both), both);
    } finally {
      this.#reading -= 1;
      this.#closeUnused();
    }
  }

  close(): void {
    if (this.#abort.signal.aborted) return;
    this.#abort.abort(new NoSuchHandleError('That version is no longer open in this window.'));
    this.#closeUnused();
  }

  #closeUnused(): void {
    if (this.#reading === 0 && this.#abort.signal.aborted) void this.inspection.close();
  }
}

/** Of a sparse one those of its values, which it counts as its own. */
function bytesToRead({ bytes, data, values }: Tensor): number {
  return (values?.data ?? data) ? bytes : 0;
}

/** So many versions' measurements are kept: who looks at another one and comes back finds them. */
const mostKept = 8;

/** The one file that a window looks into. */
export class ContentsDesk {
  /** By the state of the files, those looked into last at the end. */
  readonly #kept = new Map<string, Measured>();
  #opening: (Pick<OpenContents, 'runId'> & { stop: AbortController }) | null = null;
  #open: OpenContents | null = null;

  /** A version is looked at: what is in it may be asked for next, and is there sooner if its thread runs by then. */
  prepare(): void {
    startSpareWorkers('contents-worker', 1, usualLimits.memory);
  }

  /** Opens a file in place of the one that is open, or is being opened. @throws NoSuchHandleError when it was overtaken, and what inspecting throws */
  async open(runId: string, path: string, told?: TellWeights): Promise<OpenContents> {
    this.close();
    const stop = new AbortController();
    this.#opening = { runId, stop };
    const inspection = await inspectFile(path, { ...usualLimits, signal: stop.signal });
    const options = { known: this.#knownOf(inspection), ...(told ? { told } : {}) };
    const opened = new OpenContents(runId, path, inspection, options);
    if (stop.signal.aborted) {
      opened.close();
      stop.signal.throwIfAborted();
    }
    this.#opening = null;
    this.#open = opened;
    return opened;
  }

  #knownOf({ state }: Inspection): Measured {
    const known = (state === null ? undefined : this.#kept.get(state)) ?? new Measured();
    if (state === null) return known;
    this.#kept.delete(state);
    this.#kept.set(state, known);
    if (this.#kept.size > mostKept) this.#letGo(state);
    return known;
  }

  /** One of which nothing was measured, before the one that was opened longest ago; not that which is open now. */
  #letGo(open: string): void {
    const others = [...this.#kept].filter(([state]) => state !== open);
    const [least] = others.find(([, { statistics }]) => statistics.size === 0) ?? others[0] ?? [];
    if (least !== undefined) this.#kept.delete(least);
  }

  /** @throws NoSuchHandleError */
  get(contentsId: string): OpenContents {
    if (this.#open?.contentsId !== contentsId)
      throw new NoSuchHandleError('That version is no longer open in this window.');
    return this.#open;
  }

  /** Nothing where another has taken its place. */
  closeIfOpen(contentsId: string): void {
    if (this.#open?.contentsId === contentsId) this.close();
  }

  close(): void {
    this.#opening?.stop.abort(new NoSuchHandleError('Another version was looked into meanwhile.'));
    this.#open?.close();
    this.#opening = null;
    this.#open = null;
  }

  closeRun(runId: string): void {
    if ((this.#opening ?? this.#open)?.runId === runId) this.close();
  }
}
