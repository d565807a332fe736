import { UsageError } from '../errors.ts';
import type { BenchmarkOrder } from './benchmark-runner.ts';

/** Node's timers take no longer time, in milliseconds. */
const longest = 2 ** 31 - 1;

/** @throws UsageError with all that makes no sense */
export function assertOrder(order: BenchmarkOrder): void {
  const { ids, seeds, episodes, jobs, timeout, retries } = order;
  const faults = [
    ...faultsOfList('versions', ids, (id) => typeof id === 'string'),
    ...faultsOfList('seeds', seeds, Number.isSafeInteger),
    ...(episodes === null || isCount(episodes, 1)
      ? []
      : ['episodes must be a whole number above 0, or null']),
    ...(isCount(jobs, 1) ? [] : ['jobs must be a whole number above 0']),
    ...(timeout > 0 && timeout <= longest ? [] : [`timeout must be milliseconds, from 1 to ${longest}`]),
    ...(isCount(retries, 0) ? [] : ['retries must be a whole number, 0 or more']),
  ];
  if (faults.length > 0)
    throw new UsageError(`this is no order for a benchmark — ${faults.join('; ')} — correct that`);
}

function faultsOfList<T>(name: string, list: readonly T[], fits: (item: T) => boolean): string[] {
  if (list.length > 0 && list.every(fits) && new Set(list).size === list.length) return [];
  return [`${name} must be some, each ${name === 'seeds' ? 'a whole number' : 'an id'}, once`];
}

function isCount(value: number, least: number): boolean {
  return Number.isSafeInteger(value) && value >= least;
}
