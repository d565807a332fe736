import { basename } from 'node:path/posix';
import type { BestJudgement } from '../../../shared/model/best-judgement.ts';
import type { ListedVersion } from '../catalog/listed-version.ts';

/**
 * That names alone tell the values of the best and the next, or of one of them, and that these are rounded too much to tell which is better; null where they do
 * not, or are far enough apart.
 */
export function tellRounded(
  { best, value, next, margin }: BestJudgement,
  listed: (id: string) => Pick<ListedVersion, 'source'> | undefined,
): string | null {
  if (best === null || value === null || next === null || margin === null) return null;
  const [own, others] = [
    decimalsOf(best, value, listed(best)),
    decimalsOf(next.id, next.value, listed(next.id)),
  ];
  const unsure = halfOf(own) + halfOf(others);
  // Values in steps of that are told apart, whatever the last bit of their difference.
  if (margin >= 0.99 * unsure) return null;
  const whose = own === null ? 'the next' : others === null ? 'the best' : 'the best and the next';
  const decimals = Math.min(own ?? Infinity, others ?? Infinity);
  return `A name alone tells the value of ${whose}, to ${decimals} decimals: which of the two is better cannot be told.`;
}

/** How many decimals the name of a version has of its value; null where its value is not from there. */
function decimalsOf(
  id: string,
  value: number,
  listed: Pick<ListedVersion, 'source'> | undefined,
): number | null {
  if (listed?.source !== 'file_name') return null;
  for (const [text, decimals = ''] of basename(id).matchAll(/\d+\.(\d+)/g))
    if (Number(text) === Math.abs(value)) return decimals.length;
  return null;
}

function halfOf(decimals: number | null): number {
  return decimals === null ? 0 : 0.5 * 10 ** -decimals;
}
