#!/usr/bin/env node
import { startSpareWorkers } from '../core/workers/spare-workers.ts';
import { usualLimits } from '../core/workers/worker-limits.ts';

// Threads start while the program itself still loads.
const [, , command] = process.argv;
if (command === 'verify') startSpareWorkers('integrity-worker', undefined, usualLimits.memory);
// Most runs have a checkpoint without a sidecar, which is asked for its record.
if (['best', 'latest', 'ls', 'runs', 'show'].includes(command ?? ''))
  startSpareWorkers('integrity-worker', 1, usualLimits.memory);
if (command === 'inspect') startSpareWorkers('contents-worker', 1, usualLimits.memory);
if (command === 'diff') startSpareWorkers('contents-worker', 2, usualLimits.memory);
await import('./program.ts');
