/** A tensor as far as it tells of its layer: the path of keys to it, joined by `.`. */
export interface NamedShape {
  name: string;
  shape: readonly number[];
}

/** What a module seems to be, in a few words: `Linear 17 → 24`. `name` is the path of keys to it, empty for the whole. */
export interface InferredLayer {
  name: string;
  layer: string;
}

/** The tensors that are a module's own, by the last part of their names. */
type Own = ReadonlyMap<string, readonly number[]>;

/**
 * The layers that tensors seem to belong to, by the names and shapes that `torch.nn` gives its parameters, and flax its own. Nothing in a file
 * says so: a module whose tensors tell nothing is not among them.
 */
export function inferLayers(tensors: readonly NamedShape[]): InferredLayer[] {
  const modules = new Map<string, Map<string, readonly number[]>>();
  for (const { name, shape } of tensors) {
    const dot = name.lastIndexOf('.');
    const above = name.slice(0, Math.max(0, dot));
    const own = modules.get(above) ?? new Map<string, readonly number[]>();
    own.set(name.slice(dot + 1), shape);
    modules.set(above, own);
  }
  return [...modules].flatMap(([name, own]) => {
    const layer = inferLayer(name, own);
    return layer === null ? [] : { name, layer };
  });
}

function inferLayer(name: string, own: Own): string | null {
  return normalisation(own) ?? attention(own) ?? recurrent(own) ?? flaxLayer(own) ?? weighted(name, own);
}

/** torch/nn/modules/batchnorm.py */
function normalisation(own: Own): string | null {
  const [size] = own.get('running_mean') ?? [];
  return size !== undefined && own.has('running_var') ? `BatchNorm ${size}` : null;
}

/** Queries, keys and values are one matrix. torch/nn/modules/activation.py */
function attention(own: Own): string | null {
  const [rows, size] = own.get('in_proj_weight') ?? [];
  return size !== undefined && rows === 3 * size ? `Attention ${size}` : null;
}

/** By how many gates stand one above the other. torch/nn/modules/rnn.py */
const gates: ReadonlyMap<number, string> = new Map([
  [1, 'RNN'],
  [3, 'GRU'],
  [4, 'LSTM'],
]);

function recurrent(own: Own): string | null {
  const cell = gated(own, 'weight_ih', 'weight_hh', ' cell');
  if (cell !== null) return cell;
  const first = gated(own, 'weight_ih_l0', 'weight_hh_l0', '');
  if (first === null) return null;
  const layers = [...own.keys()].filter((key) => /^weight_ih_l\d+$/.test(key)).length;
  const more = layers > 1 ? `, ${layers} layers` : '';
  const ways = own.has('weight_ih_l0_reverse') ? ', both ways' : '';
  return `${first}${more}${ways}`;
}

function gated(own: Own, input: string, hidden: string, suffix: string): string | null {
  const [rows = 0, from] = own.get(input) ?? [];
  const [, to = 0] = own.get(hidden) ?? [];
  const kind = gates.get(rows / to);
  return kind === undefined || from === undefined ? null : `${kind}${suffix} ${from} → ${to}`;
}

/** A kernel has what comes in before what goes out. flax/linen/linear.py */
function flaxLayer(own: Own): string | null {
  const embedding = own.get('embedding');
  if (embedding?.length === 2) return `Embedding ${embedding.join(' × ')}`;
  const kernel = own.get('kernel') ?? [];
  const [from, to] = kernel.slice(-2);
  if (from === undefined || to === undefined || !fitsBias(own, to)) return null;
  return kernel.length === 2 ? `Linear ${from} → ${to}` : convolution(from, to, kernel.slice(0, -2));
}

function weighted(name: string, own: Own): string | null {
  const [to, from, ...sides] = own.get('weight') ?? [];
  if (to === undefined) return null;
  if (from === undefined) return own.has('bias') && fitsBias(own, to) ? `LayerNorm ${to}` : null;
  return sides.length === 0 ? matrix(name, own, to, from) : convolved(own, to, from, sides);
}

/** A transposed one has what comes in first. torch/nn/modules/conv.py */
function convolved(own: Own, first: number, second: number, sides: readonly number[]): string | null {
  if (fitsBias(own, first)) return convolution(second, first, sides);
  return fitsBias(own, second) ? `transposed ${convolution(first, second, sides)}` : null;
}

/** Without a bias it may be one as well as the other: then its name decides. */
function matrix(name: string, own: Own, to: number, from: number): string | null {
  if (!own.has('bias') && /emb/i.test(name)) return `Embedding ${to} × ${from}`;
  return fitsBias(own, to) ? `Linear ${from} → ${to}` : null;
}

function convolution(from: number, to: number, sides: readonly number[]): string {
  return `Conv${sides.length}d ${from} → ${to}, ${sides.join(' × ')}`;
}

function fitsBias(own: Own, size: number): boolean {
  const bias = own.get('bias');
  return bias === undefined || (bias.length === 1 && bias[0] === size);
}
