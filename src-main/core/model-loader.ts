import { isIntactSoFar, passesVerify } from '../../shared/model/integrity.ts';
import type { Version } from '../../shared/model/version.ts';
import { rankBest } from '../../shared/query/rank-versions.ts';
import { escapeName } from './catalog/escape-name.ts';
import { checkpointIds } from './config/checkpoint-ids.ts';
import { ModelNotFoundError, ModelValidationError, UsageError } from './errors.ts';
import type { Intact } from './integrity/find-intact.ts';
import { type Loaded, stateOf } from './load-state.ts';
import { RunReader } from './run-reader.ts';

/** What training code asks of a run: states to go on from. The names are the reference's. */
export class ModelLoader extends RunReader {
  /** The state of a model: `best` and `latest` are intact ones; who was passed over is said. @throws ModelNotFoundError */
  async loadModel(which: 'best' | 'latest' | { id: string }): Promise<Loaded & Pick<Intact, 'passedOver'>> {
    if (typeof which === 'object') return { ...(await this.#load(which.id)), passedOver: [] };
    if (which !== 'best' && which !== 'latest')
      throw new UsageError(
        `cannot load “${escapeName(String(which))}” — it is neither best, latest nor an id — give { id }`,
      );
    const { id, passedOver } = which === 'best' ? await this.best() : await this.latest();
    if (id === null)
      throw new ModelNotFoundError(
        `no ${which} version — ${passedOver.length} were passed over — list the versions`,
      );
    return { ...stateOf(this.describe(id), this.config), passedOver };
  }

  /** The state of the run’s checkpoint, or of another by its file name. @throws ModelNotFoundError */
  async loadCheckpoint(name = this.config.checkpoint_name): Promise<Loaded> {
    const ids = checkpointIds(this.config, name);
    return this.#load(ids.find((id) => this.version(id)) ?? ids[0] ?? name);
  }

  /** The best models, best first; at most so many. */
  getBestModels(limit = this.config.max_best_models): Version[] {
    const ranked = rankBest(
      [...this.list()].filter(({ state }) => isIntactSoFar(state)),
      this.metric.mode,
    );
    return ranked.slice(0, limit).flatMap(({ id }) => this.version(id) ?? []);
  }

  /** The best model as far as is known without reading bytes; null when there is none. */
  getBestModelInfo(): Version | null {
    return this.getBestModels(1)[0] ?? null;
  }

  /** The version of that number; null when there is none. */
  getModelVersion(number: number): Version | null {
    return this.versions().find(({ version }) => version === number) ?? null;
  }

  /** Reads the bytes first, where the config says so and nothing vouches for them. */
  async #load(id: string): Promise<Loaded> {
    await this.readOwnRecords([id]);
    if (this.config.validate_on_load && !this.describe(id).integrity.checked_at)
      await this.verify([id], () => undefined);
    const version = this.describe(id);
    if (this.config.validate_on_load && !passesVerify(version.integrity.state))
      throw new ModelValidationError(
        `cannot load ${escapeName(id)} — ${version.integrity.state}: ${version.integrity.detail ?? 'its bytes are not those on record'} — restore it from a backup`,
        { path: id },
      );
    return stateOf(version, this.config);
  }
}
