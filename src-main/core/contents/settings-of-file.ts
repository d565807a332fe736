import { dirname } from 'node:path';
import { type JsonObject, objectOrNull, ownValue, stringifyJson } from '../../../shared/model/json.ts';
import { nameWithoutEnding } from '../catalog/classify-name.ts';
import { parseJson } from '../catalog/parse-json.ts';
import { readText } from '../files/read-text.ts';
import type { Notes } from '../formats/contents.ts';
import { noNotes } from '../formats/empty-contents.ts';
import { readNotes } from '../formats/read-notes.ts';
import { openFileSource } from '../formats/source.ts';
import { gatherSettings, isBlock, type Surroundings } from './gather-settings.ts';
import { type KnownSettings, knownSettings, knownState, settingFinder } from './known-settings.ts';
import { readAround } from './read-surroundings.ts';

/** In bytes: what is larger is opened for one version, not for all. */
const longestSidecar = 1024 * 1024;
/** Versions of a run seldom have more than a few sets of settings; so many are kept. */
const remembered = 1000;

const nothing: KnownSettings = new Map();

/** Reads what is known of how versions were trained, one after another; what many of them say is worked out once. */
export class SettingsOfFiles {
  readonly #around = new Map<string, Omit<Surroundings, 'sidecar'>>();
  readonly #remembered = new Map<string, KnownSettings>();

  /**
   * What stands beside a model's file. The file itself is opened where nothing is beside it, and where one of these names is not known
   * otherwise; null stands for all there are. Never throws.
   */
  async read(path: string | null, names: readonly string[] | null): Promise<KnownSettings> {
    if (path === null) return nothing;
    const sidecar = sidecarOf(nameWithoutEnding(path));
    const beside = sidecar && (await this.#known(path, sidecar, noNotes));
    const isEnough = beside && names?.map(settingFinder(beside)).every((setting) => setting !== undefined);
    return isEnough ? beside : this.#known(path, sidecar, await notesOf(path));
  }

  async #known(path: string, sidecar: JsonObject | null, notes: Notes): Promise<KnownSettings> {
    const settings = await this.#settings(dirname(path), sidecar, notes);
    const own = objectOrNull(notes.trainingState);
    const state = knownState({ ...own, ...objectOrNull(ownValue(sidecar, 'training_state')) });
    return state.size === 0 ? settings : new Map([...settings, ...state]);
  }

  async #settings(folder: string, sidecar: JsonObject | null, notes: Notes): Promise<KnownSettings> {
    const blocks = blocksOf(sidecar);
    const metadata = blocksOf(objectOrNull(notes.metadata));
    const key = `${folder}\0${stringifyJson([blocks, metadata, notes.hyperparameters])}`;
    const known = this.#remembered.get(key);
    if (known) return known;
    const around = await this.#aroundOf(folder);
    const look = { format: 'unknown' as const, entries: [], optimizer: null, ...notes, metadata };
    const found = knownSettings(gatherSettings(look, { sidecar: blocks, ...around }));
    if (this.#remembered.size >= remembered) this.#remembered.clear();
    this.#remembered.set(key, found);
    return found;
  }

  async #aroundOf(folder: string): Promise<Omit<Surroundings, 'sidecar'>> {
    const known = this.#around.get(folder);
    if (known !== undefined) return known;
    const around = await readAround(`${folder}/model`);
    this.#around.set(folder, around);
    return around;
  }
}

function sidecarOf(stem: string): JsonObject | null {
  return readObject(`${stem}.json`) ?? readObject(`${stem}_meta.json`);
}

function readObject(path: string): JsonObject | null {
  try {
    return objectOrNull(parseJson(readText(path, longestSidecar)));
  } catch {
    return null;
  }
}

/** The parts of a sidecar that say how a version was trained. */
function blocksOf(sidecar: JsonObject | null): JsonObject | null {
  return sidecar && Object.fromEntries(Object.entries(sidecar).filter(([key]) => isBlock(key)));
}

async function notesOf(path: string): Promise<Notes> {
  try {
    const source = await openFileSource(path);
    try {
      return (await readNotes(source)) ?? noNotes;
    } finally {
      await source.close();
    }
  } catch {
    return noNotes;
  }
}
