import { type Integrity, passesVerify } from '../../../shared/model/integrity.ts';

/** The version that was asked for, by id, and those that came before it and are not intact, with the reason. */
export interface Intact {
  id: string | null;
  passedOver: { id: string; why: string }[];
}

interface Candidate {
  id: string;
  /** Why it is passed over whatever its bytes are, in words; null for nothing. */
  fault?: string | null;
  integrity: () => Integrity | undefined;
}

/**
 * The first of the candidates, in the order given, that is intact. One with a standing verification is taken at its word, any
 * other is read first.
 */
export async function findIntact(
  candidates: Iterable<Candidate>,
  verify: (id: string) => Promise<Integrity>,
): Promise<Intact> {
  const passedOver: Intact['passedOver'] = [];
  for (const { id, integrity, fault } of candidates) {
    if (fault) {
      passedOver.push({ id, why: fault });
      continue;
    }
    const known = integrity();
    const found = known?.checked_at ? known : await verify(id);
    if (passesVerify(found.state)) return { id, passedOver };
    passedOver.push({ id, why: [found.state, found.detail].filter(Boolean).join(': ') });
  }
  return { id: null, passedOver };
}
