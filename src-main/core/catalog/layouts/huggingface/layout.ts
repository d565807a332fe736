import { isLastOfAccelerate, isOfAccelerate, tellNoWeights, unfinishedByAccelerate } from '../accelerate.ts';
import { claimByFolders } from '../claim-by-folders.ts';
import { asBest } from '../claim-by-names.ts';
import { keptIn, shardIndex } from '../distributed-checkpoint/shards.ts';
import { lastByNumber } from '../last-by-number.ts';
import type { Claim, FolderManifest, FolderVersion, Layout, NamesInside, RunSigns } from '../layout.ts';
import { missingParts } from '../missing-parts.ts';
import { weightIndex } from '../weight-index.ts';
import { besideFinal, isFinal, signsOfFinal } from './beside-final.ts';

const folder = /^checkpoint-\d{1,15}$/;
/** What people call a folder that they have save_model write: a run has such names too, and is told by the checkpoints in it. */
const worded =
  /^(?:(?:final|best|last|latest)(?:[-_](?:model|checkpoint|ckpt|adapter|weights))?|(?:model|checkpoint|ckpt|adapter)[-_](?:\d{1,15}[-_])?(?:final|best|last|latest)(?:[-_][\w-]*)?)$/i;
/** What save_pretrained and save_model write beside weights. transformers/modeling_utils.py, peft/peft_model.py, transformers/trainer.py */
const exported: readonly string[] = ['config.json', 'adapter_config.json', 'training_args.bin'];
/** What goes on with a training: by itself it is no model. Accelerate counts those of several models. transformers/trainer.py, accelerate/utils/constants.py */
const ofTraining =
  /^(?:(?:optimizer|scheduler|sampler|scaler|rng_state)(?:_\d{1,5})?|training_args)\.(?:pt|pth|bin)$/;
const own = /^checkpoint-\d{1,15}\/[^/]+$/;
const checkpointInside = /^checkpoint-\d{1,15}\/$/;
/** `get_last_checkpoint` of transformers/trainer_utils.py takes the highest one. */
const numbered = /(?<=^|\/)checkpoint-(\d{1,15})\/(?:[^/]+\/)?[^/]+$/;
/** The folder of a model, or of an adapter that has a name, in one that is a checkpoint. */
const within = /(?<=(?:^|\/)checkpoint-\d{1,15}\/)[^/]+\/(?=[^/]+$)/;
const state = 'trainer_state.json';
/**
 * Weights in one file, or the first of what tells that they are in several; adapters and other libraries last. Adapters with a name, and the models
 * of diffusers, have folders of their own. peft/peft_model.py, save_pretrained; diffusers/examples/text_to_image/train_text_to_image.py
 */
const weights: readonly (string | RegExp)[] = [
  'model.safetensors',
  'model.safetensors.index.json',
  /^model-\d{5}-of-\d{5}\.safetensors$/,
  'pytorch_model.bin',
  /^pytorch_model-\d{5}-of-\d{5}\.bin$/,
  'adapter_model.safetensors',
  'adapter_model.bin',
  'tf_model.h5',
  'flax_model.msgpack',
  'pytorch_lora_weights.safetensors',
  /^[^/]+\/adapter_model\.(?:safetensors|bin)$/,
  /^[^/]+\/diffusion_pytorch_model\.(?:safetensors(?:\.index\.json)?|bin)$/,
];
/** Where DeepSpeed and FSDP keep them: folders in the folder. */
const spread = /^(?:global_step\d+|pytorch_model_fsdp_\d+)\/$/;
const others: readonly string[] = [
  state,
  'config.json',
  'training_args.bin',
  'optimizer.pt',
  'adapter_config.json',
];
const beside = /^(?:optimizer|scheduler|scaler|rng_state|training_args|random_states|sampler)/;
/** What the Trainer writes between the weights and its state. */
const between = /^(?:training_args\.bin$|optimizer\.|scheduler\.)/;

/** What FSDP keeps is a distributed checkpoint in each of these. accelerate/utils/fsdp_utils.py, save_fsdp_model and save_fsdp_optimizer */
const ofFsdp = /^(?:pytorch_model_fsdp|optimizer)_\d+\/$/;
const indexOfFsdp = 'pytorch_model_fsdp_0/.metadata';
/** Weights are in files of one sort. */
const manifest: FolderManifest = {
  find: (main, inside) => weightIndex.find(main, inside) ?? (inside.has(indexOfFsdp) ? indexOfFsdp : null),
  missing: (text, file, inside) =>
    (file === indexOfFsdp ? shardIndex : weightIndex).missing(text, file, inside),
};

/**
 * `checkpoint-{global_step}`: weights, optimizer and more, and at the end `trainer_state.json`; `tmp-checkpoint-{global_step}` while it is
 * saved, in some versions. transformers/trainer.py, _save_checkpoint
 */
export const huggingFace: Layout = {
  id: 'huggingface',
  name: 'Hugging Face',
  isLeftover: (name) => /^tmp-checkpoint-\d{1,15}$/.test(name),
  isPart: (name) => ofTraining.test(name),
  versionFolder: {
    recognise: recogniseFolder,
    beside: { isCheckpoint: (name) => folder.test(name), recognise: recogniseExport },
    countsSteps: true,
    manifest,
  },
  shared: besideFinal,
  recognise,
};

function recogniseFolder(name: string, inside: NamesInside): Omit<FolderVersion, 'layout'> | null {
  if (folder.test(name)) return recogniseCheckpoint(inside);
  return worded.test(name) ? recogniseExport(inside) : null;
}

function recogniseCheckpoint(inside: NamesInside): Omit<FolderVersion, 'layout'> | null {
  const main = findWeights(inside);
  if (main === null && !isOwn(inside)) return null;
  const names = [...inside];
  const isSpread = names.some((each) => spread.test(each));
  const isFinished = inside.has(state) || !isOfTraining(names);
  const missing = [
    ...(main === null && !isSpread ? [tellNoWeights] : []),
    ...missingParts(inside),
    ...missingIndex(inside),
    ...names.flatMap((each) => (ofFsdp.test(each) ? (keptIn(inside, each)?.missing ?? []) : [])),
    ...(isFinished ? [] : unfinished(inside)),
  ];
  return {
    main: main ?? others.find((sign) => inside.has(sign)) ?? names.find(isLastOfAccelerate) ?? state,
    missing,
  };
}

/** accelerate writes no state of the Trainer. */
function unfinished(inside: NamesInside): string[] {
  return isOfAccelerate(inside) ? unfinishedByAccelerate(inside) : [`no ${state}: the save was not finished`];
}

/** Weights that were saved to be used, whole with what loads them; null for a run, in which checkpoints are. */
function recogniseExport(inside: NamesInside): Omit<FolderVersion, 'layout'> | null {
  const main = findWeights(inside);
  const isExport = main !== null && exported.some((sign) => inside.has(sign));
  if (!isExport || [...inside].some((name) => checkpointInside.test(name))) return null;
  return { main, missing: [...missingParts(inside), ...missingIndex(inside)] };
}

/** Whether a folder without weights is one of the Trainer's: others name theirs so too. */
function isOwn(inside: NamesInside): boolean {
  const names = [...inside];
  const isAny = others.some((sign) => inside.has(sign)) || names.some(isLastOfAccelerate);
  return isAny && !names.some(isOtherModel);
}

/** Whether the folder is to go on from with the Trainer, and not weights alone, nor what accelerate finished. */
function isOfTraining(names: readonly string[]): boolean {
  return names.some((name) => between.test(name)) && !names.some(isLastOfAccelerate);
}

function isOtherModel(name: string): boolean {
  return /^[^/]+\.(?:pt|pth|ckpt|zip|bin|safetensors|h5)$/.test(name) && !beside.test(name);
}

/** Shards that nothing says how to put together. */
function missingIndex(inside: NamesInside): string[] {
  const kinds = [
    { shard: /^model-\d{5}-of-\d{5}\.safetensors$/, index: 'model.safetensors.index.json' },
    { shard: /^pytorch_model-\d{5}-of-\d{5}\.bin$/, index: 'pytorch_model.bin.index.json' },
  ];
  const names = [...inside];
  const lacking = kinds.filter(
    ({ shard, index }) => !inside.has(index) && names.some((name) => shard.test(name)),
  );
  return lacking.map(({ index }) => `${index} is missing`);
}

function findWeights(inside: NamesInside): string | null {
  for (const wanted of weights) {
    if (typeof wanted === 'string' && inside.has(wanted)) return wanted;
    if (typeof wanted === 'string') continue;
    const first = [...inside].filter((name) => wanted.test(name)).sort()[0];
    if (first !== undefined) return first;
  }
  return null;
}

function recognise(signs: RunSigns): Claim | null {
  const ids = signs.ids.map((id) => id.replace(within, ''));
  const claim = claimByFolders({ ids }, own, 'folders named checkpoint-STEP');
  if (!claim) return null;
  const finals = [...signs.all()].filter(isFinal).sort();
  return {
    ...claim,
    ...(finals.length > 0 && signsOfFinal.some(signs.has) ? { finals } : {}),
    ...asBest(signs.withMetric('best_metric').toSorted()),
    ...lastByNumber(signs, numbered),
  };
}
