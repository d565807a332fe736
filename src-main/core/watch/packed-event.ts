import { type PackedVersions, packVersions } from '../catalog/packed-versions.ts';
import { unpackVersions } from '../catalog/unpack-versions.ts';
import type { FollowEvent } from './follow-run.ts';

/** A {@link FollowEvent} on its way between threads. */
export type PackedEvent =
  | Exclude<FollowEvent, { type: 'changed' }>
  | { type: 'changed'; changed: PackedVersions; removed: string[] };

export function packEvent(event: FollowEvent): PackedEvent {
  if (event.type !== 'changed') return event;
  return { type: 'changed', changed: packVersions(event.change.changed), removed: event.change.removed };
}

export function unpackEvent(event: PackedEvent): FollowEvent {
  if (event.type !== 'changed') return event;
  return { type: 'changed', change: { changed: unpackVersions(event.changed), removed: event.removed } };
}
