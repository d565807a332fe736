import { z } from 'zod';

/**
 * What is known of a file's bytes.
 * - verified: the structure is whole and the SHA-256 on record equals the file's
 * - unverified: a checksum is on record that has not been compared yet
 * - unsealed: whole, but no checksum is on record
 * - mismatch: the bytes contradict what is on record (`cause`: changed, or bit-rot when size and mtime are the same)
 * - torn: the structure itself is broken, whatever the checksum
 * - missing: a record without its file · writing: two looks 200 ms apart differ, or a process holds it open to write · unreadable: the file cannot be read
 */
export const integrityStates = [
  'verified',
  'unverified',
  'unsealed',
  'mismatch',
  'torn',
  'missing',
  'writing',
  'unreadable',
] as const;

export type IntegrityState = (typeof integrityStates)[number];

export const integritySchema = z.strictObject({
  state: z.enum(integrityStates),
  detail: z.string().nullable(),
  cause: z.enum(['changed', 'bit-rot']).nullable(),
  expected: z.string().nullable(),
  actual: z.string().nullable(),
  checked_at: z.string().nullable(),
});

export type Integrity = z.infer<typeof integritySchema>;

/** An integrity of which nothing but the state is known, and perhaps a sentence and the checksum on record. */
export function bareIntegrity(
  state: IntegrityState,
  detail: string | null = null,
  expected: string | null = null,
): Integrity {
  return { state, detail, cause: null, expected, actual: null, checked_at: null };
}

const ofNoKnownFormat = 'of no format that Cairn knows';

/** What is said of a file whose bytes nothing contradicts, but in which no checkpoint is recognised. @param what was found there instead */
export function unrecognised(state: 'verified' | 'unverified', what: string | null): string {
  const bytes = state === 'verified' ? ', though its bytes are as saved' : '';
  return `${ofNoKnownFormat}${bytes}: ${what ?? 'no checkpoint'}`;
}

/** Whether no checkpoint was recognised in a file that counts as intact. */
export function isUnrecognised({ state, detail }: Pick<Integrity, 'state' | 'detail'>): boolean {
  return isIntactSoFar(state) && (detail?.startsWith(ofNoKnownFormat) ?? false);
}

const passing: ReadonlySet<IntegrityState> = new Set(['verified', 'unsealed']);
const intactSoFar: ReadonlySet<IntegrityState> = new Set(['verified', 'unsealed', 'unverified']);

/** The states that say something is wrong, in the order a summary names them. */
export const problemStates: readonly IntegrityState[] = ['mismatch', 'torn', 'missing', 'unreadable'];
const problems: ReadonlySet<IntegrityState> = new Set(problemStates);

/** Whether a state says that something is wrong with the file. */
export function isProblem(state: IntegrityState): boolean {
  return problems.has(state);
}

/** Whether `verify` lets a file in this state pass. */
export function passesVerify(state: IntegrityState): boolean {
  return passing.has(state);
}

/** Whether nothing known so far speaks against the file: it may still be named best or latest. */
export function isIntactSoFar(state: IntegrityState): boolean {
  return intactSoFar.has(state);
}
