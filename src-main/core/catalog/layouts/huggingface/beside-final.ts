import { isFile, tryLookAt } from '../../../files/file-identity.ts';
import type { SharedNaming } from '../layout.ts';

/** The model that `trainer.save_model()` writes into the run itself at its end, by the names that weights have there. transformers/trainer.py */
const final =
  /^(?:(?:model|adapter_model)\.safetensors|(?:pytorch_model|adapter_model)\.bin|model\.safetensors\.index\.json|pytorch_model\.bin\.index\.json|model-\d{5}-of-\d{5}\.safetensors|pytorch_model-\d{5}-of-\d{5}\.bin)$/;

/** What one of which tells that weights are those of a model that is to be loaded from there. */
export const signsOfFinal: readonly string[] = ['config.json', 'adapter_config.json'];

/** What save_pretrained writes beside weights. transformers/utils/__init__.py, tokenization_utils_base.py, processing_utils.py */
const names: readonly string[] = [
  ...signsOfFinal,
  ...['generation_config.json', 'training_args.bin'],
  ...['tokenizer.json', 'tokenizer_config.json', 'special_tokens_map.json', 'added_tokens.json'],
  ...['vocab.json', 'vocab.txt', 'merges.txt', 'spiece.model', 'tokenizer.model', 'sentencepiece.bpe.model'],
  ...['preprocessor_config.json', 'processor_config.json', 'chat_template.jinja'],
];

/** Whether an id is that of such a model. */
export function isFinal(id: string): boolean {
  return final.test(id);
}

/** What loads such a model goes with it. */
export const besideFinal: SharedNaming = {
  goWith: isFinal,
  names,
  kinds: new Map(),
  paths: (root) => (signsOfFinal.some((name) => isFile(tryLookAt(`${root}/${name}`))) ? [...names] : []),
};
