#!/usr/bin/env node
import { startSpareWorkers } from '../core/workers/spare-workers.ts';

// Threads start while the program itself still loads.
if (process.argv[2] === 'verify') startSpareWorkers('integrity-worker');
await import('./program.ts');
