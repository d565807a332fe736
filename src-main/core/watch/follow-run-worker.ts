import { parentPort, workerData } from 'node:worker_threads';
import { type FollowEvent, RunFollower } from './follow-run.ts';
import { packEvent } from './packed-event.ts';
import type { FollowTask } from './start-follower.ts';

const { root, config, known } = workerData as FollowTask;
const emit = (event: FollowEvent) => parentPort?.postMessage(packEvent(event));
const follower = new RunFollower(root, config, emit, known);

parentPort?.on('message', () => follower.reconcile());
follower.reconcile();
