import { parentPort, workerData } from 'node:worker_threads';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { RunFollower } from './follow-run.ts';
import { packEvent } from './packed-event.ts';

const { root, config } = workerData as { root: string; config: StorageConfig };
const follower = new RunFollower(root, config, (event) => parentPort?.postMessage(packEvent(event)));

parentPort?.on('message', () => follower.reconcile());
follower.reconcile();
