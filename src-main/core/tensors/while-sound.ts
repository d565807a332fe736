import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError } from '../errors.ts';
import { Damage } from '../formats/damage.ts';
import type { MemberChecks } from './member-checks.ts';

/**
 * The same chunks, and at their end an error where what they were read from is not what was saved: what is written of them passes for sound.
 * @param checks that are told of what is read for the chunks
 * @throws ModelManagerError where it is damaged, the signal's reason, and what reading throws
 */
export async function* whileSound(
  chunks: AsyncIterable<Uint8Array>,
  checks: MemberChecks,
  target: string,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  yield* readable(chunks, target);
  await assertSound(checks, target, signal);
}

/** The same chunks, and the same error where they are packed and cannot be unpacked. */
export async function* readable(
  chunks: AsyncIterable<Uint8Array>,
  target: string,
): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (error) {
    throw error instanceof Damage ? isDamaged(target, error.message) : error;
  }
}

/** @throws as {@link whileSound} */
export async function assertSound(checks: MemberChecks, target: string, signal?: AbortSignal): Promise<void> {
  const [damaged] = await checks.finish(signal);
  if (damaged !== undefined) throw isDamaged(target, damaged);
}

const isDamaged = (target: string, damage: string) =>
  new ModelManagerError(
    `cannot export to ${escapeName(target, 400)} — ${damage} — restore it from a backup, or export tensors that are in other members`,
  );
