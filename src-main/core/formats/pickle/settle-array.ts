import { type Call, fullName, type Value } from './value.ts';

const reconstruct = /^numpy\.(_?core\.)?multiarray\._reconstruct$/;

/**
 * Of an array of numpy whose state breaks off before its elements, or among them: what it is to have is there, so that it has a
 * shape and a type, and no bytes. False for any other call. numpy/core/src/multiarray/methods.c, `array_reduce`
 */
export function settleArray(target: Call, state: readonly Value[]): boolean {
  if (!reconstruct.test(fullName(target.callee)) || target.state !== undefined || state.length < 3)
    return false;
  const [version = null, shape = null, type = null, isFortran = null, elements = null] = state;
  target.state = { kind: 'tuple', items: [version, shape, type, isFortran, elements] };
  return true;
}
