import { passesVerify } from '../../../shared/model/integrity.ts';
import type { Version } from '../../../shared/model/version.ts';
import type { Verification } from './verification.ts';

/** The version that was asked for, and those that came before it and are not intact, with the reason. */
export interface Intact {
  version: Version | null;
  passedOver: { id: string; why: string }[];
}

/**
 * The first version, in the order given, that is intact. One with a standing verification is taken at its word, any other
 * is read first.
 */
export async function findIntact(
  ranked: readonly Version[],
  verify: (version: Version) => Promise<Verification>,
): Promise<Intact> {
  const passedOver: Intact['passedOver'] = [];
  for (const version of ranked) {
    const integrity =
      version.integrity.checked_at === null ? (await verify(version)).integrity : version.integrity;
    if (passesVerify(integrity.state)) return { version: { ...version, integrity }, passedOver };
    passedOver.push({ id: version.id, why: [integrity.state, integrity.detail].filter(Boolean).join(': ') });
  }
  return { version: null, passedOver };
}
