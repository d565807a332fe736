import type { OptimizerView } from '../../../shared/model/optimizer-view.ts';
import type { Contents, OptimizerRecord, Tensor } from '../formats/contents.ts';
import { peekSlice } from '../tensors/peek-slice.ts';
import { findOwners } from './find-owners.ts';
import { limitText, limitValue } from './limit-value.ts';
import { kindBy } from './optimizer-kinds.ts';
import { groupStates, isOfAll, type State } from './optimizer-states.ts';

/** What is told at most, and how many step counters are read. */
const most = { kinds: 5, slots: 50, groups: 100, states: 2000, counters: 2000 };

/** What a file tells of its optimizer; null where it has none. @throws what reading throws */
export async function describeOptimizer({
  tensors,
  optimizers,
}: Pick<Contents, 'tensors' | 'optimizers'>): Promise<OptimizerView | null> {
  const own = tensors.filter(({ part, name }) => part === 'optimizer' && !isParameter.test(name));
  if (own.length + optimizers.length === 0) return null;
  const states = groupStates(own, optimizers);
  const slots = new Set(states.flatMap((state) => [...state.slots.keys()]));
  const steps = await readSteps(states);
  const told = [...steps.values()];
  const groups = optimizers.flatMap(({ name, groups }) => groups.map((group) => ({ name, ...group })));
  const owners = ownersOf(states, optimizers, tensors);
  const shapes = new Map(tensors.map(({ name, shape }) => [name, shape]));
  const named = namedKind(optimizers);
  return {
    by_class: named !== null,
    kind: named ?? kindBy(slots, optionsOf(optimizers)),
    slots: [...slots].slice(0, most.slots).map((slot) => limitText(slot, 100)),
    parameters: countParameters(states),
    bytes: own.reduce((sum, { bytes }) => sum + bytes, 0),
    steps: told.length === 0 ? null : { least: Math.min(...told), most: Math.max(...told) },
    groups: groups.slice(0, most.groups).map(({ name, parameters, values }) => ({
      optimizer: limitText(name),
      parameters: parameters.length,
      values: limitValue(values, { nodes: 200, depth: 4, text: 500 }),
    })),
    states: states.slice(0, most.states).map((state) => ({
      name: limitText(state.name, 1000),
      of: limitName(owners.get(state)),
      shape: [...(shapes.get(owners.get(state) ?? '') ?? shapeOf(state))],
      step: steps.get(state) ?? null,
      slots: [...state.slots.keys()].slice(0, most.slots).map((slot) => limitText(slot, 100)),
    })),
    left_out: {
      groups: Math.max(0, groups.length - most.groups),
      states: Math.max(0, states.length - most.states),
    },
  };
}

/** An optimizer that was pickled as an object has the parameters of the model in its groups. */
const isParameter = /(?:^|\.)param_groups\.\d+\.params\.\d+$/;

/** By their classes, where those are told. */
function namedKind(optimizers: readonly OptimizerRecord[]): string | null {
  const named = [...new Set(optimizers.flatMap(({ kind }) => kind ?? []))].map((kind) =>
    limitText(kind, 100),
  );
  return named.length > 0 ? named.slice(0, most.kinds).join(', ') : null;
}

/** What they go by, by name. */
const optionsOf = (optimizers: readonly OptimizerRecord[]) =>
  new Set(optimizers.flatMap(({ groups }) => groups.flatMap(({ values }) => Object.keys(values ?? {}))));

const countParameters = (states: readonly State[]) =>
  states.reduce((sum, state) => sum + (isOfAll(state) ? (numberOf(state) ?? 1) : 1), 0);

const numberOf = ({ optimizer }: State) =>
  optimizer?.groups.reduce((sum, { parameters }) => sum + parameters.length, 0);

/** The tensor of the model that each state is of, where that can be told. */
function ownersOf(
  states: readonly State[],
  optimizers: readonly OptimizerRecord[],
  tensors: readonly Tensor[],
): Map<State, string> {
  const told = findOwners(
    optimizers.map((record) => ({ ...record, shapes: shapesOf(states, record) })),
    tensors,
  );
  const byOptimizer = new Map(optimizers.map((record, index) => [record, told[index]]));
  return new Map(
    states.flatMap((state) => {
      const owner = state.optimizer && byOptimizer.get(state.optimizer)?.get(state.key);
      return owner && !isOfAll(state) ? [[state, owner] as const] : [];
    }),
  );
}

const limitName = (name: string | undefined) => (name === undefined ? null : limitText(name, 1000));

const shapesOf = (states: readonly State[], record: OptimizerRecord) =>
  new Map(
    states.flatMap((state): [string, readonly number[]][] =>
      state.optimizer === record && isOfOneShape(state) ? [[state.key, shapeOf(state)]] : [],
    ),
  );

/** Some keep rows and columns of a parameter apart, and neither has its shape. */
const isOfOneShape = (state: State) => new Set(keptIn(state).map(({ shape }) => shape.join())).size === 1;

const shapeOf = (state: State): readonly number[] => keptIn(state)[0]?.shape ?? [];

/** What is kept as one tensor. A counter has one element; what is kept beside it has the shape of its parameter. */
const keptIn = ({ slots }: State) =>
  [...slots].flatMap(([slot, { tensor, isOneOfMany }]) => (slot === 'step' || isOneOfMany ? [] : [tensor]));

/** Of those counters that can be read: numbers in the pickle, and tensors of one element. */
async function readSteps(states: readonly State[]): Promise<Map<State, number>> {
  const steps = new Map<State, number>();
  for (const [index, state] of states.entries()) {
    const counter = state.slots.get('step')?.tensor;
    const read = counter && index < most.counters ? await readStep(counter) : null;
    const step = read ?? state.optimizer?.steps.get(state.key) ?? null;
    if (step !== null) steps.set(state, step);
  }
  return steps;
}

/** Anything under that name that is no single number is none. */
async function readStep(counter: Tensor): Promise<number | null> {
  if (counter.shape.some((size) => size !== 1)) return null;
  const peek = await peekSlice(
    counter,
    counter.shape.map(() => ({ from: 0, to: 1 })),
  );
  const [step] = peek?.values ?? [];
  return typeof step === 'number' && Number.isFinite(step) ? step : null;
}
