import type { Integrity } from '../../../shared/model/integrity.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { companionFor } from '../catalog/layouts/known-layouts.ts';
import { UsageError } from '../errors.ts';
import type { Adopting, Memory } from './adopting.ts';
import type { Companions } from './companions-to-adopt.ts';

/** Of a model that was adopted before the folder is watched it is not known any more what went along. */
export function tellLate(
  path: string,
  companions: Companions,
  { onFailed }: Adopting,
  { adopted }: Memory,
  readAs: string | undefined,
): void {
  const before = adopted.get(path);
  if (!before) return;
  adopted.set(path, { ...before, kinds: kindsOf(companions) });
  for (const { kind, path: late } of companions.sources) {
    if (before.kinds.has(kind)) continue;
    const place = escapeName(companionFor(before.id, kind, readAs) ?? before.id, 400);
    const why = `it came after its model was adopted — copy it into the run, as ${place}`;
    onFailed(late, new UsageError(why, { path: late }));
  }
}

export function kindsOf({ sources }: Companions): ReadonlySet<string> {
  return new Set(sources.map(({ kind }) => kind));
}

/** One that no framework is about to make whole: that is told once, however often it changes. */
export function tellUnreadable(
  path: string,
  { state, detail }: Integrity,
  { onFailed }: Adopting,
  { told }: Memory,
): void {
  if (state !== 'unreadable' || told.has(path)) return;
  told.add(path);
  const why = `${detail} — it is adopted whole or not at all — copy it into the run by hand`;
  onFailed(path, new UsageError(why, { path }));
}
