import { basename } from 'node:path';
import { type JsonObject, toNumber } from '../../../shared/model/json.ts';
import { metricValue } from '../../../shared/model/metric.ts';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import type { Version } from '../../../shared/model/version.ts';
import { stepOfState } from '../catalog/build-version.ts';
import { classifyName } from '../catalog/classify-name.ts';
import type { ModelManager } from '../model-manager.ts';
import type { Adopting, Found } from './adopting.ts';
import type { Saved, SaveRequest } from './save-request.ts';

/** What is to be saved of a version: `adopts.from` is its path in the folder that is watched. */
type AdoptedSource = Pick<SaveRequest, 'source' | 'companions'> & Required<Pick<SaveRequest, 'adopts'>>;

/** @throws AlreadyAdopted where others adopted it meanwhile */
export async function saveAdopted(
  manager: ModelManager,
  { version, path }: Found,
  own: AdoptedSource,
  { kind, request }: Adopting,
): Promise<Saved> {
  manager.adopted.assertNew(own.adopts);
  const facts = factsOf(version, request);
  // Where nothing says how good a version is, rules that keep the best would let all but the newest go.
  const prune = request.prune !== false && Number.isFinite(metricValue(facts, manager.metric.name));
  const name = kind === 'checkpoint' && !('folder' in own.source) ? { name: basename(path) } : {};
  const metadata = { ...request.metadata, source: own.adopts.from };
  const named = { ...name, ending: endingOf(basename(path), manager.config), metadata };
  const full = { ...request, ...facts, ...named, prune, ...own };
  return kind === 'best' ? manager.saveBestModel(full) : manager.saveCheckpoint(full);
}

/** What `torch.load` reads has the one ending that the reference looks for. */
const ofTorch = /^\.(?:pt|pth|ckpt|bin)$/;

/** Other readers go by the ending: that of the file stays, where it is one of a model whatever comes before it. */
function endingOf(name: string, config: StorageConfig): string {
  const [ending = '.pt'] = /(?:\.weights)?\.[a-z]+\d?(?:\.gz)?$/i.exec(name) ?? [];
  const isKnown = classifyName(`${config.model_prefix}_v0001${ending}`, config).role === 'model';
  return isKnown && !ofTorch.test(ending.toLowerCase()) ? ending : '.pt';
}

/** The step that a name tells is kept where the file itself tells none. */
function factsOf(
  { reward, metrics, training_state, step }: Version,
  request: Adopting['request'],
): Pick<SaveRequest, 'reward' | 'trainingState'> & { metrics: JsonObject } {
  const state = training_state ?? request.trainingState ?? null;
  const isTold = step === null || stepOfState(training_state) !== null;
  return {
    reward: toNumber(reward) ?? request.reward,
    metrics: { ...request.metrics, ...metrics },
    trainingState: isTold ? state : { ...state, global_step: step },
  };
}
