import type { Budget } from '../budget.ts';
import { ByteReader } from '../byte-reader.ts';
import type { Contents } from '../contents.ts';
import { Damage } from '../damage.ts';
import { PickledNames } from '../pickle/pickled-names.ts';
import { readPickle } from '../pickle/read-pickle.ts';
import { listTensors } from '../torch/list-tensors.ts';
import { findIn, openNamed, readByteOrder, type TorchArchive } from './read-archive-contents.ts';
import { pickleBudget } from './scan-pickles.ts';

/** Of a program: what its code calls `CONSTANTS.c0`, and so on. torch/csrc/jit/serialization/python_print.cpp */
const constantsPickle = 'constants.pkl';

/**
 * The tensors that a program of TorchScript has beside its parameters; of one that was frozen, these are all it has. Their storages are the
 * members `constants/KEY`.
 */
export async function readConstants(
  archive: TorchArchive,
  budget: Budget,
): Promise<Pick<Contents, 'tensors' | 'stopped' | 'problems'>> {
  if (!archive.members.has(constantsPickle)) return { tensors: [], problems: [] };
  try {
    const pickle = await openNamed(archive, constantsPickle, budget);
    const byteOrder = await readByteOrder(archive);
    const { value, damage } = await readPickle(
      new ByteReader(pickle, 0, pickle.size, pickleBudget),
      new PickledNames(budget),
    );
    const findStorage = (key: string) => findIn(archive, `constants/${key}`, byteOrder);
    const { tensors, problems, stopped: cut } = listTensors(value, { source: pickle, findStorage }, 'model');
    const named = tensors.map((tensor) => ({
      ...tensor,
      name: `CONSTANTS.c${tensor.name}`,
      storage: tensor.storage === null ? null : `constants/${tensor.storage}`,
    }));
    const stopped = damage ? { why: damage.message, state: damage.state } : cut;
    return { tensors: named, stopped, problems: problems.map((problem) => `CONSTANTS.c${problem}`) };
  } catch (error) {
    // What is wrong with the pickle itself was told when all pickles were looked through for names.
    if (error instanceof Damage) return { tensors: [], problems: [] };
    throw error;
  }
}
