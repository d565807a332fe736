import type { Parameter } from './network.ts';

/** How far each weight was moved, on average: `exp_avg` and `exp_avg_sq` of PyTorch. */
export interface Moments {
  average: Float32Array;
  square: Float32Array;
}

const [decay, squareDecay, tiny] = [0.9, 0.999, 1e-8];
export const betas = [decay, squareDecay];
export const eps = tiny;

/** Kingma and Ba's Adam, step for step as PyTorch has it. */
export class Adam {
  readonly rate: number;
  readonly parameters: readonly Parameter[];
  readonly moments: readonly Moments[];
  /** Steps taken. */
  step = 0;

  constructor(parameters: readonly Parameter[], rate: number) {
    this.rate = rate;
    this.parameters = parameters;
    this.moments = parameters.map(({ data: { length } }) => ({
      average: new Float32Array(length),
      square: new Float32Array(length),
    }));
  }

  /** Moves every weight against its gradient, which is forgotten then. */
  move(): void {
    this.step += 1;
    for (const [index, parameter] of this.parameters.entries()) {
      const moments = this.moments[index];
      if (moments) this.#move(parameter, moments);
    }
  }

  #move({ data, gradient }: Parameter, { average, square }: Moments): void {
    const correction = 1 - decay ** this.step;
    const squareCorrection = Math.sqrt(1 - squareDecay ** this.step);
    for (const [at, slope] of gradient.entries()) {
      average[at] = decay * (average[at] ?? 0) + (1 - decay) * slope;
      square[at] = squareDecay * (square[at] ?? 0) + (1 - squareDecay) * slope ** 2;
      const scale = Math.sqrt(square[at] ?? 0) / squareCorrection + tiny;
      data[at] = (data[at] ?? 0) - (this.rate * (average[at] ?? 0)) / (correction * scale);
    }
    gradient.fill(0);
  }
}
