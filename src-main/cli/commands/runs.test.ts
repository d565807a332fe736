import { expect, test, vi } from 'vitest';
import { saveModel } from '../../core/catalog/run.fixture.ts';
import { temporaryFolder } from '../../core/files/temporary-folder.fixture.ts';
import { runs } from './runs.ts';

const program = vi.hoisted(() => ({ interrupt: () => {} }));
vi.mock('../stop-on-interrupt.ts', () => ({
  stopOnInterrupt: (message: string) => {
    const stop = new AbortController();
    program.interrupt = () => stop.abort(new Error(message));
    return stop.signal;
  },
}));
/** Stands in for a comparison that takes long: it is interrupted. */
vi.mock('../../core/workspace/compare-runs.ts', () => ({
  compareRuns: async (_root: string, _runs: unknown, signal: AbortSignal | undefined) => {
    program.interrupt();
    signal?.throwIfAborted();
    return { by: null, compared: 0, otherwise: 0, unread: 0, numbers: [], words: [] };
  },
}));

test('what ends the program also ends the comparison of runs that were found', async () => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const root = temporaryFolder();
  saveModel(root, 1, { reward: 0.5 });
  const compared = runs(root, { where: [], differences: true, json: true });
  await expect(compared).rejects.toThrow('it was interrupted');
});
