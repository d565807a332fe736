import { DECISIONS } from './decisions.mjs';
import { DURABILITY } from './durability.mjs';
import { FROM_PYTHON } from './from-python.mjs';
import { MEANWHILE } from './meanwhile.mjs';
import { MEASURING } from './measuring.mjs';
import { RETENTION } from './retention.mjs';
import { TRAINING } from './training.mjs';

/** Every bug that is planted, the gravest first. @type {import('./plant.mjs').Mutant[]} */
export const MUTANTS = [
  ...DURABILITY,
  ...RETENTION,
  ...DECISIONS,
  ...MEANWHILE,
  ...MEASURING,
  ...TRAINING,
  ...FROM_PYTHON,
];
