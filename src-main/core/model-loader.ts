import { isIntactSoFar, passesVerify } from '../../shared/model/integrity.ts';
import type { SelectionMetric } from '../../shared/model/metric.ts';
import type { Version, VersionKind } from '../../shared/model/version.ts';
import { rankBest } from '../../shared/query/rank-versions.ts';
import type { VersionDescription } from './catalog/describe-version.ts';
import { escapeName } from './catalog/escape-name.ts';
import type { LookOptions } from './catalog/read-as-recovered.ts';
import { checkpointIds } from './config/checkpoint-ids.ts';
import { ModelManagerError, ModelNotFoundError, ModelValidationError, UsageError } from './errors.ts';
import { sameIdentity } from './files/file-identity.ts';
import { openFilesWithin } from './files/open-files.ts';
import type { Intact } from './integrity/find-intact.ts';
import { type Loaded, stateOf } from './load-state.ts';
import { RunReader } from './run-reader.ts';
import { RunWitness } from './workspace/run-witness.ts';

const listOpen = openFilesWithin(1000);

/** So often a version may become another while it is read, before that is said. */
const mostTries = 5;

/** What training code asks of a run: states to go on from, as the disk has them at that moment. The names are the reference's. */
export class ModelLoader extends RunReader {
  readonly #witness = new RunWitness(this, listOpen, true);

  /** {@link RunReader.look} */
  override async look(options: LookOptions = {}): Promise<void> {
    const begun = Date.now();
    await super.look(options);
    this.#witness.lookedAt(begun);
  }

  /** The state of a model: `best` and `latest` are intact ones; who was passed over is said. @throws ModelNotFoundError */
  async loadModel(which: 'best' | 'latest' | { id: string }): Promise<Loaded & Pick<Intact, 'passedOver'>> {
    if (typeof which === 'object') return { ...(await this.#load(() => which.id)), passedOver: [] };
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
    return this.#load(() => ids.find((id) => this.version(id)) ?? ids[0] ?? name);
  }

  /** The best intact version by a metric, as the disk has it now, files verified as far as needed to be sure. */
  override best(metric?: SelectionMetric): Promise<Intact> {
    return this.#asItStands(() => super.best(metric));
  }

  /** The newest intact version, or the newest of a kind, as the disk has it now, files verified as far as needed to be sure. */
  override latest(kind?: VersionKind | 'all'): Promise<Intact> {
    return this.#asItStands(() => super.latest(kind));
  }

  /** The best of the best models, best first; at most so many: without a number as many as the run keeps. */
  getBestModels(limit: number | null = this.config.max_best_models || null): Version[] {
    const ranked = rankBest(
      [...this.list()].filter(({ kind, state }) => kind === 'best' && isIntactSoFar(state)),
      this.metric.mode,
    );
    return ranked.slice(0, limit ?? ranked.length).flatMap(({ id }) => this.version(id) ?? []);
  }

  /** The best model as far as is known without reading bytes; null when there is none. */
  getBestModelInfo(): Version | null {
    return this.getBestModels(1)[0] ?? null;
  }

  /** The version of that number, of several one that is intact so far, a best model before a checkpoint; null when there is none. */
  getModelVersion(number: number): Version | null {
    const versions = this.versions().filter(({ version }) => version === number);
    const intact = versions.filter(({ integrity }) => isIntactSoFar(integrity.state));
    return intact.find(({ kind }) => kind === 'best') ?? intact[0] ?? versions[0] ?? null;
  }

  /** Reads the bytes first, where the config says so and nothing vouches for them. @param idOf asked once the run was looked at */
  async #load(idOf: () => string): Promise<Loaded> {
    const { id } = await this.#asItStands(async () => {
      const asked = idOf();
      this.known(asked);
      await this.readOwnRecords([asked]);
      if (this.config.validate_on_load && !this.isRead(asked)) await this.verify([asked], () => undefined);
      return { id: asked };
    });
    const version = this.describe(id);
    if (version.integrity.state === 'missing') throw refuse(version);
    if (this.config.validate_on_load && !passesVerify(version.integrity.state)) throw refuse(version);
    return stateOf(version, this.config);
  }

  /**
   * What names a version, of the run as the disk has it: it is looked at again where anything was touched since, and once more where what was named
   * became another meanwhile. @throws ModelManagerError where that does not end
   */
  async #asItStands<T extends { id: string | null }>(find: () => Promise<T>): Promise<T> {
    for (let tries = 0; tries < mostTries; tries += 1) {
      await this.#witness.look();
      const found = await find();
      if (found.id === null || this.#isAsListed(found.id)) return found;
    }
    throw new ModelManagerError(
      'no version can be named — others write to this run faster than it can be read — try again when they pause',
    );
  }

  #isAsListed(id: string): boolean {
    const [listed, now] = [this.listed(id)?.identity ?? null, this.identityNow(id)];
    return listed !== null && now !== null ? sameIdentity(listed, now) : listed === now;
  }
}

function refuse({ id, integrity: { state, detail } }: VersionDescription): ModelValidationError {
  return new ModelValidationError(
    `cannot load ${escapeName(id)} — ${state}: ${detail ?? 'its bytes are not those on record'} — restore it from a backup`,
    { path: id },
  );
}
