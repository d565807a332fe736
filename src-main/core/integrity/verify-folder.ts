import { bareIntegrity, type Integrity } from '../../../shared/model/integrity.ts';
import { type FileIdentity, sameIdentity } from '../files/file-identity.ts';
import type { Structure } from '../formats/structure.ts';
import { awaitWriter } from './await-writer.ts';
import { identityOfClaim } from './claim-folder.ts';
import { judge } from './judge.ts';
import { manifestChecksum } from './manifest.ts';
import { differs, type ReadPart, readPart } from './read-part.ts';
import type { Claim, ClaimedFolder, Verification } from './verification.ts';
import { beingWritten, resultOf, unreadable, type VerifyOptions } from './verify-file.ts';

/** {@link verifyFile} of a version that is a folder: every byte of every file is read, and it is verified where all of them are. */
export async function verifyFolder(
  claim: Claim,
  folder: ClaimedFolder,
  options: VerifyOptions,
): Promise<Verification> {
  const before = identityOfClaim(claim);
  if (!before)
    return resultOf(claim, null, bareIntegrity('missing', 'the file that stands for it is not there'));
  const parts: ReadPart[] = [];
  for (const file of folder.files) {
    const part = await readPart(file, options);
    if (typeof part === 'string') return resultOf(claim, before, unreadable(`${file.name}: ${part}`));
    parts.push(part);
  }
  const integrity = judgeFolder(claim, folder, before, parts);
  if (isBroken(integrity)) await awaitWriter([before], options.signal);
  const now = identityOfClaim(claim);
  if (!now || !sameIdentity(before, now)) return resultOf(claim, before, beingWritten((now ?? before).size));
  const files = parts.map(({ name, checksum, identity }) => ({ name, checksum, identity }));
  return { ...resultOf(claim, before, integrity), recognised: true, files };
}

function isBroken({ state }: Integrity): boolean {
  return state === 'torn' || state === 'mismatch';
}

function judgeFolder(
  claim: Claim,
  { missing }: ClaimedFolder,
  identity: FileIdentity,
  parts: readonly ReadPart[],
): Integrity {
  const actual = manifestChecksum(parts);
  const checkedAt = new Date().toISOString();
  const found = { actual, expected: claim.expected, checked_at: checkedAt };
  if (missing.length > 0) return { ...bareIntegrity('torn', missing.join('; ')), ...found };
  const { expected, contradicted = false, previous } = claim;
  const damagedMember = firstOf(parts, ({ damagedMember: told }) => told);
  const structure = structureOf(parts);
  const judged = judge({
    ...{
      structure,
      actual,
      damagedMember,
      identity,
      expected,
      contradicted,
      recordedSize: null,
      previous,
      checkedAt,
    },
  });
  const differing = firstOf(parts, (part) => (isDiffering(part) ? differs : null));
  if (differing === null || judged.state === 'torn') return judged;
  if (judged.state !== 'mismatch') return { ...bareIntegrity('mismatch', differing), ...found };
  return { ...judged, detail: differing.replace(differs, judged.detail ?? differs) };
}

function isDiffering({ expected, checksum }: ReadPart): boolean {
  return expected !== null && expected !== checksum;
}

/** That of the first file that is torn; else that all of it is whole. */
function structureOf(parts: readonly ReadPart[]): Structure {
  const torn = parts.find(({ fault }) => fault !== null);
  if (!torn) return { format: 'zip', state: 'whole', detail: null };
  return { ...torn.structure, state: 'torn', detail: `${torn.name}: ${torn.fault}` };
}

/** What is told of the first file of which anything is, with its name. */
function firstOf(parts: readonly ReadPart[], tell: (part: ReadPart) => string | null): string | null {
  for (const part of parts) {
    const told = tell(part);
    if (told !== null) return `${part.name}: ${told}`;
  }
  return null;
}
