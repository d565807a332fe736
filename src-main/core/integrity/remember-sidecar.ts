import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { nameWithoutEnding } from '../catalog/classify-name.ts';
import { sidecarLimit } from '../catalog/read-sidecar.ts';
import { lookAt } from '../files/file-identity.ts';
import { readFileText } from '../files/read-text.ts';
import { type Claim, isOfSameFile, type Verification } from './verification.ts';

/**
 * The sidecar that a version had when its model was last verified, or written by Cairn: the SHA-256 of its text. `changed`: it was
 * another one by then than had been remembered, though the model was the same; then `trusted` is the SHA-256 of the one before that,
 * which older versions did not remember. One that is gone has the checksum {@link none}. `own`: texts that Cairn itself put there, or in whose place it did: an undo brings them back.
 */
const seenSidecarSchema = z.object({ checksum: z.string(), mtimeMs: z.number() });
type SeenSidecar = z.infer<typeof seenSidecarSchema>;
export const rememberedSidecarSchema = seenSidecarSchema.extend({
  changed: z.boolean(),
  trusted: z.string().optional(),
  own: z.array(seenSidecarSchema).optional(),
});
export type RememberedSidecar = z.infer<typeof rememberedSidecarSchema>;

/** What a person is told; it is right by what they know, or not: Cairn cannot tell. */
export const sidecarChanged =
  'its sidecar changed since it was verified: verify it once more if the new one is right, or when the old one is back';

const sidecarGone =
  'its sidecar is gone since it was verified: put it back, or verify it once more if it is to have none';

/** Told of a version whose sidecar is another by now, or gone. */
export function tellSidecar(
  { checksum, changed }: RememberedSidecar,
  isGone = changed && checksum === none,
): string {
  return isGone ? sidecarGone : sidecarChanged;
}

/** In the place of a checksum: that there is no sidecar. */
const none = '';
const noSidecar: SeenSidecar = { checksum: none, mtimeMs: -1 };

/** A verification of what Cairn just wrote, with the sidecar that goes with it. */
export function withSidecar(root: string, verification: Verification): Verification {
  const sidecar = sidecarAt(nameWithoutEnding(join(root, verification.id)));
  return sidecar && sidecar !== noSidecar
    ? { ...verification, sidecar: { ...sidecar, changed: false } }
    : verification;
}

/**
 * A verification with what is known of the sidecar by now. One that was edited is remembered instead, so that verifying once more
 * takes it for good; one that changed while its time did not is damaged, and never is.
 */
export function rememberSidecar({ stem, previous }: Claim, verification: Verification): Verification {
  if (stem === undefined) return verification;
  const now = sidecarAt(stem);
  // A sidecar that changed may have lost the checksum that was on record with it.
  const before = previous && isOfSameFile(previous, verification.identity) ? previous.sidecar : undefined;
  const sidecar = sidecarSince(before, now, ownOf(previous, verification));
  if (!sidecar) return verification;
  const { integrity } = verification;
  const detail = integrity.detail ?? (sidecar.changed ? tellSidecar(sidecar) : null);
  return { ...verification, integrity: { ...integrity, detail }, sidecar };
}

/** @param before what it was when the same bytes were verified @param now null for one that cannot be read, for which what it was is not forgotten */
function sidecarSince(
  before: RememberedSidecar | undefined,
  now: SeenSidecar | null,
  own: RememberedSidecar['own'],
): RememberedSidecar | undefined {
  if (!now) return before;
  if (before && !isKnown(now.checksum, before)) return asChanged(before, now);
  return now === noSidecar ? undefined : { ...now, changed: false, own };
}

/** A copy of a run has them too: they are of these bytes, whichever file has those. */
function ownOf(previous: Claim['previous'], { integrity, identity }: Verification): RememberedSidecar['own'] {
  if (!previous) return undefined;
  const isSame =
    isOfSameFile(previous, identity) ||
    (integrity.actual !== null && integrity.actual === previous.integrity.actual);
  return isSame ? previous.sidecar?.own : undefined;
}

/**
 * A verification that found the sidecar changed, as it is where somebody else remembered meanwhile that it may be so: `known` is the newest that
 * is remembered. What Cairn is about to put there, by that, is not forgotten.
 */
export function asKnownSince(
  verification: Verification,
  known: Verification | null,
  stem: string,
): Verification {
  const { sidecar, integrity } = verification;
  if (!sidecar || !known?.sidecar || !isOfSameFile(known, verification.identity)) return verification;
  if (!sidecar.changed)
    return { ...verification, sidecar: { ...sidecar, own: merged(known.sidecar.own, sidecar.own) } };
  if (isSidecarChanged(known.sidecar, stem)) return verification;
  const detail = integrity.detail === tellSidecar(sidecar) ? null : integrity.detail;
  return { ...verification, integrity: { ...integrity, detail }, sidecar: known.sidecar };
}

/** So many of Cairn's own are remembered of one version: no undo is likely to go further back. */
const mostOwn = 40;

/**
 * A verification with texts of which Cairn is about to put one in the place of another, which was believed: both are known from then on, as
 * either may be there in the end.
 */
export function allowSidecar(
  verification: Verification,
  texts: readonly { text: string; mtimeMs: number }[],
): Verification {
  const { sidecar } = verification;
  if (!sidecar) return verification;
  const fresh = texts.map(({ text, mtimeMs }) => ({ checksum: checksumOf(text), mtimeMs }));
  return { ...verification, sidecar: { ...sidecar, own: merged(fresh, sidecar.own) } };
}

function merged(fresh: RememberedSidecar['own'] = [], before: RememberedSidecar['own'] = []): SeenSidecar[] {
  const added = new Set(fresh.map(({ checksum }) => checksum));
  return [...fresh, ...before.filter(({ checksum }) => !added.has(checksum))].slice(0, mostOwn);
}

/** Whether a text is that of a sidecar that was taken for good. */
export function isSidecarText(sidecar: RememberedSidecar, text: string): boolean {
  return isBelieved(checksumOf(text), sidecar);
}

/** Seen the second time, or the one that was trusted before. */
function isKnown(now: string, sidecar: RememberedSidecar): boolean {
  return now === sidecar.checksum || isTrusted(now, sidecar);
}

function isTrusted(now: string, { trusted, own }: RememberedSidecar): boolean {
  return now === trusted || (own?.some(({ checksum }) => checksum === now) ?? false);
}

/** Whether what a sidecar says now is what was taken for good. */
function isBelieved(now: string, sidecar: RememberedSidecar): boolean {
  return isTrusted(now, sidecar) || (!sidecar.changed && now === sidecar.checksum);
}

function asChanged(before: RememberedSidecar, now: SeenSidecar): RememberedSidecar {
  const { own, trusted = before.checksum } = before;
  const isRot = [before, ...(own ?? [])].some((known) => hasSameTime(known, now));
  const { checksum, mtimeMs } = isRot ? before : now;
  return { checksum, mtimeMs, changed: true, trusted, own };
}

/** To the millisecond: what copies files with their times may keep no more of them. */
function hasSameTime(a: SeenSidecar, b: SeenSidecar): boolean {
  return Math.abs(a.mtimeMs - b.mtimeMs) < 1;
}

/** Whether the sidecar of a version is another one than the last that was taken for good, or gone. */
export function isSidecarChanged(sidecar: RememberedSidecar, stem: string): boolean {
  const now = sidecarAt(stem)?.checksum;
  return now === undefined ? sidecar.changed : !isBelieved(now, sidecar);
}

/** Null for one that cannot be read. */
function sidecarAt(stem: string): SeenSidecar | null {
  try {
    const path = [`${stem}.json`, `${stem}_meta.json`].find((each) => lookAt(each));
    if (path === undefined) return noSidecar;
    const { text, identity } = readFileText(path, sidecarLimit);
    return { checksum: checksumOf(text), mtimeMs: identity.mtimeMs };
  } catch {
    return null;
  }
}

function checksumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
