import { randomNumbers, seen } from './market.ts';

/** Short, flat and long. */
export const positions = [-1, 0, 1] as const;
const inputs = seen + 1;

/** Weights as PyTorch would name them, row by row, and where they should go. */
export interface Parameter {
  name: string;
  shape: readonly number[];
  data: Float32Array;
  gradient: Float64Array;
}

/** What the network makes of an observation, and what is needed to go back through it. */
export interface Thought {
  observation: Float64Array;
  features: Float64Array;
  /** The chance of each position. */
  chances: Float64Array;
  /** What is expected of the rest of the episode. */
  value: number;
}

/** A layer of tanh, from which a policy and a value are read: `trunk.0`, `policy` and `value` of an actor-critic in PyTorch. */
export class Network {
  readonly parameters: readonly Parameter[];
  readonly #trunk: Layer;
  readonly #policy: Layer;
  readonly #value: Layer;

  constructor(hidden: number, seed: number) {
    const random = randomNumbers(seed);
    this.#trunk = new Layer('trunk.0', inputs, hidden, random);
    this.#policy = new Layer('policy', hidden, positions.length, random);
    this.#value = new Layer('value', hidden, 1, random);
    this.parameters = [this.#trunk, this.#policy, this.#value].flatMap(({ weight, bias }) => [weight, bias]);
  }

  think(observation: Float64Array): Thought {
    const features = this.#trunk.forward(observation).map(Math.tanh);
    const chances = softmax(this.#policy.forward(features));
    const [value = 0] = this.#value.forward(features);
    return { observation, features, chances, value };
  }

  /** Adds to the gradients, from those of the policy's scores and of the value. */
  learn({ observation, features }: Thought, ofScores: Float64Array, ofValue: number): void {
    const ofFeatures = new Float64Array(features.length);
    this.#policy.backward(features, ofScores, ofFeatures);
    this.#value.backward(features, Float64Array.of(ofValue), ofFeatures);
    const ofTrunk = ofFeatures.map((each, index) => each * (1 - (features[index] ?? 0) ** 2));
    this.#trunk.backward(observation, ofTrunk, null);
  }
}

/** `y = W x + b`, begun as `nn.Linear` begins. */
class Layer {
  readonly weight: Parameter;
  readonly bias: Parameter;

  constructor(name: string, width: number, height: number, random: () => number) {
    const draw = () => (2 * random() - 1) / Math.sqrt(width);
    this.weight = parameter(`${name}.weight`, [height, width], draw);
    this.bias = parameter(`${name}.bias`, [height], draw);
  }

  forward(input: Float64Array): Float64Array {
    const { data } = this.weight;
    const output = Float64Array.from(this.bias.data);
    for (let row = 0; row < output.length; row += 1) {
      let sum = output[row] ?? 0;
      for (let column = 0; column < input.length; column += 1)
        sum += (data[row * input.length + column] ?? 0) * (input[column] ?? 0);
      output[row] = sum;
    }
    return output;
  }

  backward(input: Float64Array, ofOutput: Float64Array, ofInput: Float64Array | null): void {
    const { data, gradient } = this.weight;
    for (const [row, each] of ofOutput.entries()) {
      add(this.bias.gradient, row, each);
      for (let column = 0; column < input.length; column += 1) {
        const at = row * input.length + column;
        add(gradient, at, each * (input[column] ?? 0));
        if (ofInput) add(ofInput, column, each * (data[at] ?? 0));
      }
    }
  }
}

function parameter(name: string, shape: readonly number[], draw: () => number): Parameter {
  const count = shape.reduce((product, length) => product * length, 1);
  const data = Float32Array.from({ length: count }, draw);
  return { name, shape, data, gradient: new Float64Array(count) };
}

function add(array: Float64Array, at: number, value: number): void {
  array[at] = (array[at] ?? 0) + value;
}

function softmax(scores: Float64Array): Float64Array {
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
