import { type JsonObject, ownValue, toNumber } from '../../../shared/model/json.ts';
import { isSameRanking, metricValue } from '../../../shared/model/metric.ts';
import type { ModelMetadata } from '../../../shared/model/model-metadata.ts';
import type { TrainingState } from '../../../shared/model/model-state.ts';
import { trainingStateToDict } from '../../../shared/model/training-state-dict.ts';
import type { VersionKind } from '../../../shared/model/version.ts';
import { toFailure } from '../errors.ts';
import type { ModelManager } from '../model-manager.ts';
import type { Saved, SaveSource } from '../save/save-request.ts';
import { advance } from './advance.ts';
import { type Decision, decide, type Progress } from './decide.ts';
import { endOnSignals } from './end-on-signals.ts';
import { bestValue, freshState, newestState, type Resumed } from './resume-run.ts';
import { sinceBest, updatesSinceBest } from './since-best.ts';
import { type GivenRules, type TrainingRules, trainingRules } from './training-rules.ts';
import { type DueSave, TrainingSaves } from './training-saves.ts';

/**
 * What is told as it happens; none of it is waited for. One that throws, or rejects, loses no save: the first such error is thrown by the next
 * update, once what is due of it is under way, or by the end, once all is saved. After the end nothing throws one.
 */
export interface TrainingHooks {
  /** `why`: the rule. */
  onCheckpointDue?: (why: string) => void;
  /** `before`: the best value until now, null where there was none. */
  onNewBest?: (value: number, before: number | null) => void;
  /** A save that is acknowledged: it outlives this process, and the power. `state`: how far training had come. */
  onSaved?: (saved: Saved, state: TrainingState) => void;
  /** A save that failed, or was given up as the training ended: the run is as it was before. */
  onSaveFailed?: (kind: VersionKind, error: unknown) => void;
}

export interface TrainingOptions extends TrainingHooks {
  /** What there is to save, as it is now; asked for only when a save is due. Of states, what is in memory is copied. */
  state: (trainingState: TrainingState) => SaveSource | Promise<SaveSource>;
  rules?: GivenRules;
  /** What the sidecars say beside what is measured. */
  metadata?: ModelMetadata;
}

/** What came of an update; `shouldStop` says why training should end, null while it should go on. */
export interface Update {
  trainingState: TrainingState;
  shouldStop: string | null;
}

export interface EndOptions {
  /**
   * Whether the state that training ended with is saved too; by default it is not. At a signal it is asked for as soon as training waits
   * for anything, within an update too.
   */
  lastCheckpoint?: boolean;
  /** Milliseconds after which the save in flight is given up and undone, and a state no longer waited for; null, the default, waits. */
  grace?: number | null;
}

/** How long an update waits for a save in flight at most, in milliseconds. */
const longestTurn = 250;

/**
 * Saves what a training comes to, by rules, through the manager of its run, which whoever made it closes. Saves go on while training does,
 * one at a time; one that fails is told, and ends nothing.
 */
export class TrainingManager {
  readonly #manager: ModelManager;
  readonly #options: TrainingOptions;
  readonly #rules: TrainingRules;
  readonly #saves: TrainingSaves;
  #trainingState = freshState();
  #metrics: JsonObject = {};
  /** Null until it is known what the run holds. */
  #progress: Progress | null = null;
  /** The best value that is saved. */
  #savedBest: number | null = null;
  /** What the last checkpoint is of, or will be; null once that failed. */
  #checkpointOf: TrainingState | null = this.#trainingState;
  #updatedAt = performance.now();
  #returnedAt = this.#updatedAt;
  #shouldStop: string | null = null;
  #closing: Promise<void> | null = null;
  #ignoreSignals: (() => void) | null = null;
  /** What a hook threw, until that is thrown on. */
  #thrown: { error: unknown } | null = null;

  /** @throws UsageError for rules that are none */
  constructor(manager: ModelManager, options: TrainingOptions) {
    this.#manager = manager;
    this.#options = options;
    this.#rules = trainingRules(options.rules);
    this.#saves = new TrainingSaves(manager);
  }

  get trainingState(): TrainingState {
    return this.#trainingState;
  }

  /**
   * Where to go on from: the newest version that is intact, its bytes verified; a fresh state where there is none. Patience
   * goes on from what the sidecar of that version says, and counts from here where it says nothing, or goes by another metric.
   */
  async resume(): Promise<Resumed> {
    const resumed = await newestState(this.#manager);
    this.#trainingState = resumed.trainingState;
    this.#checkpointOf = resumed.trainingState;
    this.#updatedAt = performance.now();
    this.#returnedAt = this.#updatedAt;
    const progress = this.#begin();
    this.#progress = { ...progress, idle: updatesSinceBest(resumed.version, progress.ranking) };
    return resumed;
  }

  /**
   * Takes in what an update measured, and saves what is due of it. A training that computes without a pause must wait for it: signals get
   * their turn in it, and a save in flight as long a one as the update took, so that training is never slower than half.
   * @throws what a hook threw
   */
  async onUpdate(metrics: JsonObject): Promise<Update> {
    if (this.#progress === null) await this.#manager.look();
    const before = this.#ranked(this.#progress ?? this.#begin());
    const now = performance.now();
    this.#metrics = metrics;
    this.#trainingState = advance(this.#trainingState, metrics, (now - this.#updatedAt) / 1000);
    this.#updatedAt = now;
    const value = measured(metrics, before.ranking.name);
    const decision = decide(this.#rules, before, { step: this.#trainingState.global_step ?? 0, value }, now);
    this.#progress = decision.progress;
    if (this.#closing === null) await this.#saveDue(decision, before.best);
    await this.#saves.giveTurn(Math.min(now - this.#returnedAt, longestTurn));
    this.#returnedAt = performance.now();
    this.#throwOn();
    return { trainingState: this.#trainingState, shouldStop: this.#shouldStop ?? decision.shouldStop };
  }

  /** Lets the saves that are due finish. Called again, it is the same end, which waits no longer than each grace. @throws what a hook threw, once it is the end */
  close(options: EndOptions = {}): Promise<void> {
    this.#shouldStop ??= 'the training is closed';
    this.#closing ??= this.#close(options);
    if (typeof options.grace === 'number') this.#saves.giveUpWithin(options.grace);
    return this.#closing;
  }

  /** From now on SIGTERM, a pre-emption, and SIGINT close the training and end the process; a second one gives up the save in flight. */
  endOnSignals(options: EndOptions = {}): void {
    this.#ignoreSignals ??= endOnSignals({
      end: (signal) => {
        this.#shouldStop ??= `the process was sent ${signal}`;
        return this.close(options);
      },
      hurry: () => this.#saves.giveUp(),
    });
  }

  async #close({ lastCheckpoint = false }: EndOptions): Promise<void> {
    const isSaved = () => !lastCheckpoint || this.#checkpointOf === this.#trainingState;
    await this.#saves.finish(() => (isSaved() ? [] : [this.#dueCheckpoint()]));
    this.#ignoreSignals?.();
    this.#throwOn();
  }

  /** What is known of the run as training begins, or goes on. */
  #begin(): Progress {
    this.#savedBest = bestValue(this.#manager);
    const { name, mode } = this.#manager.metric;
    const checkpoint = { step: this.#trainingState.global_step ?? 0, at: performance.now() };
    return { ranking: { name, mode }, best: this.#savedBest, idle: 0, checkpoint };
  }

  /** Where a person chose another metric meanwhile, the best is told by that. */
  #ranked(progress: Progress): Progress {
    if (isSameRanking(progress.ranking, this.#manager.metric)) return progress;
    return { ...this.#begin(), checkpoint: progress.checkpoint };
  }

  async #saveDue({ newBest, checkpoint, progress }: Decision, before: number | null): Promise<void> {
    const { best } = progress;
    const due: DueSave[] = [];
    if (newBest && this.#rules.saveBest) due.push(this.#dueBest(progress));
    if (checkpoint !== null) due.push(this.#dueCheckpoint());
    const added = this.#saves.add(due);
    if (newBest && best !== null) this.#tell(() => this.#options.onNewBest?.(best, before));
    if (checkpoint !== null) this.#tell(() => this.#options.onCheckpointDue?.(checkpoint));
    await added;
  }

  #dueBest(progress: Progress): DueSave {
    return this.#due('best', { saved: () => this.#holds(progress), failed: () => this.#lacks(progress) });
  }

  #dueCheckpoint(): DueSave {
    const state = this.#trainingState;
    const failed = () => {
      if (this.#checkpointOf === state) this.#checkpointOf = null;
    };
    this.#checkpointOf = state;
    return this.#due('checkpoint', { failed });
  }

  /** What training has come to now, as a save; what comes of it is noted before it is told. */
  #due(kind: VersionKind, { saved, failed }: { saved?: () => void; failed: () => void }): DueSave {
    const [state, metrics] = [this.#trainingState, this.#metrics];
    const { metadata = {} } = this.#options;
    const reward = measured(metrics, 'reward') ?? Number.NaN;
    const sidecarOnly = this.#progress ? sinceBest(this.#progress) : {};
    return {
      kind,
      request: { reward, metrics, trainingState: trainingStateToDict(state), metadata, sidecarOnly },
      source: () => this.#options.state(state),
      onSaved: (done) => {
        saved?.();
        this.#tell(() => this.#options.onSaved?.(done, state));
      },
      onFailed: (error) => {
        failed();
        if (this.#rules.stopOnFailedSave) this.#shouldStop ??= `a save failed: ${toFailure(error).message}`;
        this.#tell(() => this.#options.onSaveFailed?.(kind, error));
      },
    };
  }

  /** Whatever a hook throws, a training goes on, and so do its saves. */
  #tell(hook: () => unknown): void {
    new Promise((resolve) => resolve(hook())).catch((error: unknown) => {
      this.#thrown ??= { error };
    });
  }

  #throwOn(): void {
    const thrown = this.#thrown;
    this.#thrown = null;
    if (thrown) throw thrown.error;
  }

  /** A best that is saved is one until another metric tells it. */
  #holds({ best, ranking }: Progress): void {
    if (ranking === this.#progress?.ranking) this.#savedBest = best;
  }

  /** A best that could not be saved is none: the next one need not be better than it. */
  #lacks({ best, ranking }: Progress): void {
    if (ranking === this.#progress?.ranking && best === this.#progress.best)
      this.#progress = { ...this.#progress, best: this.#savedBest };
  }
}

function measured(metrics: JsonObject, name: string): number | null {
  return metricValue({ metrics, reward: toNumber(ownValue(metrics, 'reward')) }, name);
}
