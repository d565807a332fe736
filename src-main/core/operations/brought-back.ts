import { readLastEntries } from './operation-log.ts';

/** Bytes of the log's end that are read: what came back goes with one of the next saves, if it goes. */
const recent = 1024 * 1024;
const bringing = new Set(['undo', 'restore']);
const taking = new Set(['prune', 'trash']);

/** The ids of what a person lately brought back into the run, and has not moved away by hand since. @param own the folder of the log */
export function broughtBack(own: string): ReadonlySet<string> {
  const ids = new Set<string>();
  const { entries } = readLastEntries(own, recent);
  const events = entries.flatMap(({ command, ids: its, result }) =>
    result === 'done' ? its.map((id) => ({ id, command })) : [],
  );
  for (const { id, command } of events) {
    if (bringing.has(command)) ids.add(id);
    else if (taking.has(command)) ids.delete(id);
  }
  return ids;
}
