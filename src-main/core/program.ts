import { BenchmarkRunner } from './benchmark/benchmark-runner.ts';
import { type ManagerOptions, ModelManager } from './model-manager.ts';
import { type EndOptions, TrainingManager, type TrainingOptions } from './training/training-manager.ts';

/**
 * Where everything is put together: a run's config makes its ModelManager, and whatever trains or measures works through that one. The
 * window, the command line and trainings in TypeScript begin here.
 */
export class Program {
  readonly manager: ModelManager;
  readonly benchmark: BenchmarkRunner;
  readonly #trainings: TrainingManager[] = [];

  /**
   * @param folder of the run, which must be there
   * @param options `config` goes before the one that the run has
   * @throws UsageError when the folder cannot be opened
   */
  constructor(folder: string, options: ManagerOptions = {}) {
    this.manager = new ModelManager(folder, options);
    this.benchmark = new BenchmarkRunner(this.manager, options.disk);
  }

  /** A training that saves into the run. @throws UsageError for rules that are none */
  train(options: TrainingOptions): TrainingManager {
    const training = new TrainingManager(this.manager, options);
    this.#trainings.push(training);
    return training;
  }

  /** Ends its trainings, which lets the saves that are due finish, and then lets go of the run. @throws what a hook of theirs threw, once all is closed */
  async close(options: EndOptions = {}): Promise<void> {
    const ends = await Promise.allSettled(this.#trainings.map((training) => training.close(options)));
    this.manager.close();
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }
}
