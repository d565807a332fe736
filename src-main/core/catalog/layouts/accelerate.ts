import type { NamesInside } from './layout.ts';

/** accelerate/utils/constants.py; the Trainer of Hugging Face, and others, give what goes on with a training other endings. */
const begun = /^(?:optimizer|scheduler|sampler)(?:_\d{1,5})?\.bin$/;
const last = /^random_states_\d{1,5}\.pkl$/;

/** Whether this is what accelerate writes last: the states of random numbers. accelerate/checkpointing.py, save_accelerator_state */
export function isLastOfAccelerate(name: string): boolean {
  return last.test(name);
}

/** Whether accelerate gives this name to what goes on with a training. */
export function isBegunByAccelerate(name: string): boolean {
  return begun.test(name);
}

/** Whether accelerate wrote what goes on with a training. */
export function isOfAccelerate(inside: NamesInside): boolean {
  return [...inside].some(isBegunByAccelerate);
}

export const tellNoWeights = 'its weights are missing: no model.safetensors or pytorch_model.bin';

/** What is not there of a folder that accelerate did not finish, a sentence each; none for any other. */
export function unfinishedByAccelerate(inside: NamesInside): string[] {
  if (!isOfAccelerate(inside) || [...inside].some(isLastOfAccelerate)) return [];
  return ['no random_states_0.pkl: the save was not finished'];
}
