import type { Ranking, SelectionMetric } from '../../shared/model/metric.ts';
import type { Problem } from '../../shared/model/run.ts';
import type { RunChoices } from '../../shared/model/run-choices.ts';
import type { StorageConfig } from '../../shared/model/storage-config.ts';
import { ChosenMetric } from './choices/chosen-metric.ts';
import { choicesFile } from './choices/run-choices.ts';
import type { Settings } from './config/settings.ts';
import { folderOfRecord } from './files/run-bookkeeping.ts';
import type { OpenedRun } from './open-run.ts';

/** What a run goes by: its config, the settings of Cairn, and what a person chose in the place of what the config says. */
export class ConfiguredRun {
  readonly root: string;
  readonly config: StorageConfig;
  readonly configSource: string | null;
  /** The metric whose values listings carry. */
  protected readonly listedMetric: SelectionMetric;
  /** Where Cairn keeps what it knows of the run. */
  readonly bookkeeping: string;
  readonly settings: Settings;
  readonly #openedProblems: Problem[];
  readonly #configChanges: () => Problem[];
  readonly #chosen: ChosenMetric;
  readonly #chosenLayout: string | null | undefined;

  constructor(opened: OpenedRun) {
    this.root = opened.root;
    this.config = opened.config;
    this.configSource = opened.configSource;
    this.listedMetric = opened.metric;
    this.bookkeeping = opened.bookkeeping;
    this.settings = opened.settings;
    this.#openedProblems = opened.problems;
    this.#configChanges = opened.configChanges;
    this.#chosenLayout = opened.chosenLayout;
    this.#chosen = new ChosenMetric(
      () => folderOfRecord(opened.root, opened.bookkeeping, choicesFile),
      opened.metric,
    );
  }

  /** What the versions are ranked by where nobody chose. */
  get configuredMetric(): SelectionMetric {
    return this.#chosen.unchosen;
  }

  /** What the versions are ranked by, for showing. */
  get metric(): SelectionMetric {
    return this.#chosen.metric;
  }

  /** What the versions are ranked by, for deciding which of them go. @throws ModelManagerError where that cannot be told */
  get settledMetric(): SelectionMetric {
    return this.#chosen.settled;
  }

  /** What a person decided of the run. */
  get choices(): RunChoices {
    return this.#chosen.choices;
  }

  /** That it cannot be told what a person decided. */
  get choiceProblems(): Problem[] {
    return [...this.#chosen.problems, ...this.#layoutChanges()];
  }

  /** What is wrong with its config and settings, and what has changed of them since it was opened. */
  get configProblems(): Problem[] {
    return [...this.#openedProblems, ...this.#configChanges()];
  }

  /** A run is read in one way for as long as it is open. */
  #layoutChanges(): Problem[] {
    const isSame = this.#chosenLayout === undefined || this.choices.layout === this.#chosenLayout;
    if (isSame || this.#chosen.problems.length > 0) return [];
    const problem =
      'another layout was chosen for the run since it was opened: close it and open it again to go by that';
    return [{ path: `.cairn/${choicesFile}`, problem }];
  }

  /** Takes in by what its framework tells the best; null where that is not known. @returns whether the run is ranked otherwise now */
  protected takeRanking(ranking: Ranking | null): boolean {
    return this.#chosen.tell(ranking);
  }

  /** Reads anew what a person decided. @returns whether it is otherwise now */
  protected readChosen(): boolean {
    return this.#chosen.read();
  }
}
