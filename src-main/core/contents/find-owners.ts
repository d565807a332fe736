import type { Tensor } from '../formats/contents.ts';
import { matchAll, matchSome, type Optimized, type Owners } from './match-parameters.ts';

type Shaped = Pick<Tensor, 'name' | 'shape' | 'part' | 'storage' | 'offset'>;

/** What a layer remembers without being trained to, and no optimizer has. torch/nn/modules/batchnorm.py */
const buffers = /(^|\.)(running_mean|running_var|num_batches_tracked)$/;
const nothing: Owners = new Map();

/**
 * Which tensor of the model each parameter of each optimizer is. An optimizer has its parameters in the order in which
 * the model lists them, so order, number and shapes tell; where they leave more than one way, nothing is told.
 */
export function findOwners(optimizers: readonly Optimized[], tensors: readonly Shaped[]): Owners[] {
  const model = parametersOf(tensors);
  const owners = optimizers.map((optimizer) => ownersOf(optimizer, model, optimizers.length === 1));
  if (owners.some(({ size }) => size > 0)) return owners;
  return shareOut(optimizers, model) ?? owners;
}

/** What `parameters()` lists: no buffers, and what goes by several names once, by the first. torch/nn/modules/module.py */
function parametersOf(tensors: readonly Shaped[]): Shaped[] {
  const seen = new Set<string>();
  return tensors.filter(({ part, name, storage, offset, shape }) => {
    const key = `${storage} ${offset} ${shape.join()}`;
    if (part !== 'model' || buffers.test(name) || (storage !== null && seen.has(key))) return false;
    seen.add(key);
    return true;
  });
}

function ownersOf(optimizer: Optimized, model: readonly Shaped[], isOnlyOne: boolean): Owners {
  const named = ownersByName(optimizer, model);
  if (named) return named;
  if (optimizer.name.endsWith('.pth')) return ownersInPolicy(optimizer, model);
  const [found, ...others] = distinct(
    [model, ...partsOf(model, 1)].flatMap((list) => matchAll(optimizer, list) ?? []),
  );
  if (found) return others.length === 0 ? found : nothing;
  return (isOnlyOne ? matchSome(optimizer, model) : null) ?? nothing;
}

/** PyTorch 2.6 and later write the names down where they are known. Null without them. torch/optim/optimizer.py */
function ownersByName({ groups }: Optimized, model: readonly Shaped[]): Owners | null {
  if (groups.length === 0 || groups.some(({ names }) => names === null)) return null;
  const tensors = namesWithoutFirstKeys(model);
  const pairs = groups.flatMap(({ parameters, names }) =>
    parameters.map((key, index) => [key, tensors.get(names?.[index] ?? '') ?? null] as const),
  );
  return new Map(pairs.filter((pair): pair is [string, string] => pair[1] !== null));
}

/** A checkpoint has its model under a key or two. Null for what several tensors are called without them. */
function namesWithoutFirstKeys(model: readonly Shaped[]): Map<string, string | null> {
  const names = new Map<string, string | null>();
  for (const { name } of model) {
    const keys = name.split('.', 2);
    for (const skipped of [0, 1, 2]) {
      const rest = name.slice(keys.slice(0, skipped).reduce((sum, key) => sum + key.length + 1, 0));
      names.set(rest, names.has(rest) ? null : name);
    }
  }
  return names;
}

/**
 * Stable-baselines3 names a member after the attribute that it is: `critic.optimizer.pth` has the parameters that are
 * below `critic` in the policy. stable_baselines3/common/save_util.py
 */
function ownersInPolicy(optimizer: Optimized, model: readonly Shaped[]): Owners {
  const owner = /^(\w+)\.optimizer\.pth$/.exec(optimizer.name)?.[1];
  if (owner === undefined) return nothing;
  const place = owner === 'policy' ? 'policy.pth.' : `policy.pth.${owner}.`;
  const own = model.filter(({ name }) => name.startsWith(place));
  return matchAll(optimizer, own) ?? matchSome(optimizer, own) ?? nothing;
}

/** The model by the first keys of its names. */
function partsOf(model: readonly Shaped[], depth: number): Shaped[][] {
  const parts = new Map<string, Shaped[]>();
  for (const tensor of model) {
    const key = tensor.name.split('.', depth).join('.');
    const part = parts.get(key);
    if (part) part.push(tensor);
    else parts.set(key, [tensor]);
  }
  return [...parts.values()];
}

/** Several optimizers that share a model out: each has one of its modules, and nothing of it is left. */
function shareOut(optimizers: readonly Optimized[], model: readonly Shaped[]): Owners[] | null {
  const parts = partsOf(model, 2);
  const ways = optimizers.map((optimizer) =>
    distinct(parts.flatMap((part) => matchAll(optimizer, part) ?? [])),
  );
  const owners = ways.map(([found, ...others]) => (found && others.length === 0 ? found : nothing));
  const owned = owners.flatMap((found) => [...found.values()]);
  const isWhole = owned.length === model.length && new Set(owned).size === model.length;
  return isWhole ? owners : null;
}

function distinct(ways: readonly Owners[]): Owners[] {
  return [...new Map(ways.map((owners) => [[...owners.values()].join('\n'), owners])).values()];
}
