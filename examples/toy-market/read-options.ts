import { parseArgs } from 'node:util';

export interface Options {
  run: string;
  updates: number;
  seed: number;
  /** Updates between two checkpoints. */
  every: number;
  json: boolean;
}

const usage = 'npm run example -- RUN [--updates N] [--seed N] [--every N] [--json]';

/** @throws Error in one line for words that cannot be meant */
export function readOptions(args: string[]): Options {
  const { values, positionals } = parseArgs({
    args,
    options: {
      updates: { type: 'string', default: '3000' },
      seed: { type: 'string', default: '1' },
      every: { type: 'string', default: '100' },
      json: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  const [run, ...others] = positionals;
  if (run === undefined || others.length > 0) throw new Error(`one folder for the run is needed: ${usage}`);
  const whole = (name: 'updates' | 'seed' | 'every', least: number) => {
    const number = Number(values[name]);
    if (Number.isSafeInteger(number) && number >= least) return number;
    throw new Error(`--${name} takes a whole number, ${least} or more, not “${values[name]}”: ${usage}`);
  };
  return {
    run,
    updates: whole('updates', 1),
    seed: whole('seed', 0),
    every: whole('every', 1),
    json: values.json,
  };
}
