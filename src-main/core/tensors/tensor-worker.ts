import { parentPort } from 'node:worker_threads';
import { explainError } from '../files/error-code.ts';
import type { WorkerReply } from './run-shares.ts';
import { type DoneShare, doShare, type PlacedShare } from './shares.ts';

parentPort?.on('message', (shares: readonly PlacedShare[]) => void answer(shares));

async function answer(shares: readonly PlacedShare[]): Promise<void> {
  try {
    const results: DoneShare[] = [];
    for (const share of shares) results.push(await doShare(share));
    reply({ results });
  } catch (error) {
    reply({ failure: explainError(error) });
  }
}

function reply(message: WorkerReply): void {
  parentPort?.postMessage(message);
}
