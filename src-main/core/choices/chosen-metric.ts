import { basename } from 'node:path';
import {
  isNameOpen,
  isSameRanking,
  type Ranking,
  type SelectionMetric,
  selectionOf,
} from '../../../shared/model/metric.ts';
import type { Problem } from '../../../shared/model/run.ts';
import { noChoices, type RunChoices } from '../../../shared/model/run-choices.ts';
import { ModelManagerError } from '../errors.ts';
import { ownFolder } from '../operations/operation.ts';
import { choicesFile, readChoices } from './run-choices.ts';

/** By which metric a run is ranked: what a person chose for it, else what its config says, else what its framework goes by. */
export class ChosenMetric {
  readonly #folder: () => string;
  readonly #configured: SelectionMetric;
  #told: SelectionMetric | null = null;
  #choices = noChoices;
  #metric: SelectionMetric;
  #fault: ModelManagerError | null = null;

  /** @param folder where the choices are kept now */
  constructor(folder: () => string, configured: SelectionMetric) {
    this.#folder = folder;
    this.#configured = configured;
    this.#metric = configured;
    this.read();
  }

  /** What a person decided; nothing where that cannot be read. */
  get choices(): RunChoices {
    return this.#choices;
  }

  /** What the best is told by; the config's where it cannot be read what a person chose. */
  get metric(): SelectionMetric {
    return this.#metric;
  }

  /** What the best would be told by if nobody had chosen: where the config does not say, what the framework goes by. */
  get unchosen(): SelectionMetric {
    return (isNameOpen(this.#configured) ? this.#told : null) ?? this.#configured;
  }

  /** Takes in what the files of the framework say that it goes by. @returns whether anything is different now */
  tell(ranking: Ranking | null): boolean {
    const before = this.#metric;
    const { unusable } = this.#configured;
    this.#told = ranking && { ...ranking, source: 'framework', ...(unusable ? { unusable } : {}) };
    this.#metric = selectionOf(this.unchosen, this.#choices);
    return !isSameRanking(before, this.#metric) || before.source !== this.#metric.source;
  }

  /** As {@link metric}, for what cannot be taken back. @throws ModelManagerError where it cannot be read what a person chose */
  get settled(): SelectionMetric {
    if (this.#fault) throw this.#fault;
    return this.#metric;
  }

  /** That it cannot be told what a person chose. */
  get problems(): Problem[] {
    if (!this.#fault) return [];
    const kept = this.#folder();
    const folder = basename(kept) === ownFolder ? ownFolder : kept;
    const problem = `${this.#fault.reason}: it cannot be told by which metric a person chose the best, so the config's is shown, and nothing is pruned. Fix it, or move it away and do without what it holds`;
    return [{ path: `${folder}/${choicesFile}`, problem }];
  }

  /** Reads it anew. @returns whether anything is different now. @throws only what is no fault of the file */
  read(): boolean {
    const before = JSON.stringify([this.#choices, this.#fault?.message]);
    try {
      this.#choices = readChoices(this.#folder());
      this.#fault = null;
    } catch (error) {
      if (!(error instanceof ModelManagerError)) throw error;
      this.#choices = noChoices;
      this.#fault = error;
    }
    this.#metric = selectionOf(this.unchosen, this.#choices);
    return JSON.stringify([this.#choices, this.#fault?.message]) !== before;
  }
}
