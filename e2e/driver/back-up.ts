import { readJson } from './run-cli.ts';

/** What the sample run has kept of its checkpoint, as it was before it was overwritten. */
export const overwritten = {
  id: 'before-overwrite',
  to: '.',
  versions: ['checkpoints/checkpoint.pt'],
  verified_at: null,
  state: 'unrecorded',
};

/** Backs up by the command line; gives what it says of it. */
export async function backUp(
  run: string,
  ...rest: string[]
): Promise<{ id: string; versions: string[]; bytes: number; to: string }> {
  return (await readJson(['backup', run, ...rest])) as {
    id: string;
    versions: string[];
    bytes: number;
    to: string;
  };
}
