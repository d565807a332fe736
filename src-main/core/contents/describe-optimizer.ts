import type { OptimizerView } from '../../../shared/model/contents-view.ts';
import type { Tensor } from '../formats/contents.ts';
import { peekSlice } from '../tensors/peek-slice.ts';
import { limitText } from './limit-value.ts';

/** So many step counters are read at most. */
const countersRead = 500;
const slotsTold = 50;

/** What `torch.optim` keeps for each parameter, the more telling first. */
const kinds: readonly (readonly [kind: string, slots: readonly string[]])[] = [
  ['Adam or AdamW, with amsgrad', ['exp_avg', 'exp_avg_sq', 'max_exp_avg_sq']],
  ['Adam or AdamW', ['exp_avg', 'exp_avg_sq']],
  ['Adamax', ['exp_avg', 'exp_inf']],
  ['Adafactor', ['exp_avg_sq_row', 'exp_avg_sq_col']],
  ['Adadelta', ['square_avg', 'acc_delta']],
  ['RMSprop', ['square_avg']],
  ['SGD with momentum', ['momentum_buffer']],
  ['Rprop', ['prev', 'step_size']],
  ['ASGD', ['ax', 'mu']],
  ['Adagrad', ['sum']],
  ['Lion', ['exp_avg']],
];

/** What the tensors of an optimizer tell of it; null where there are none. @throws what reading throws */
export async function describeOptimizer(tensors: readonly Tensor[]): Promise<OptimizerView | null> {
  const own = tensors
    .filter(({ part }) => part === 'optimizer')
    .map((tensor) => ({ tensor, ...slotOf(tensor) }));
  if (own.length === 0) return null;
  const slots = new Set(own.map(({ slot }) => slot));
  return {
    kind: kinds.find(([, needed]) => needed.every((slot) => slots.has(slot)))?.[0] ?? null,
    slots: [...slots].slice(0, slotsTold).map((slot) => limitText(slot, 100)),
    parameters: new Set(own.map(({ parameter }) => parameter)).size,
    bytes: own.reduce((sum, { tensor }) => sum + tensor.bytes, 0),
    steps: await readSteps(own.filter(({ slot }) => slot === 'step').map(({ tensor }) => tensor)),
  };
}

function slotOf({ name }: Tensor): { parameter: string; slot: string } {
  const dot = name.lastIndexOf('.');
  return { parameter: name.slice(0, Math.max(0, dot)), slot: name.slice(dot + 1) };
}

async function readSteps(counters: readonly Tensor[]): Promise<OptimizerView['steps']> {
  const steps: number[] = [];
  for (const counter of counters.slice(0, countersRead)) {
    const step = await readStep(counter);
    if (step !== null) steps.push(step);
  }
  return steps.length === 0 ? null : { least: Math.min(...steps), most: Math.max(...steps) };
}

/** A counter has one element; anything else under that name is none. */
async function readStep(counter: Tensor): Promise<number | null> {
  if (counter.shape.some((size) => size !== 1)) return null;
  const peek = await peekSlice(
    counter,
    counter.shape.map(() => ({ from: 0, to: 1 })),
  );
  const [step] = peek?.values ?? [];
  return typeof step === 'number' && Number.isFinite(step) ? step : null;
}
