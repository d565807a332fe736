import { Budget, packedTooMany } from '../formats/budget.ts';
import type { Tensor } from '../formats/contents.ts';
import { LimitReached } from '../formats/damage.ts';
import type { PackedBytes } from '../formats/zip/open-member-later.ts';

/** The same tensors; those that stand in packed members beyond what is unpacked of one file are not read. */
export function leavePacked(tensors: readonly Tensor[]): Tensor[] {
  const budget = new Budget();
  const known = new Map<number, boolean>();
  const isPaid = ({ member }: PackedBytes) => {
    const paid = known.get(member.dataOffset) ?? pay(budget, member);
    known.set(member.dataOffset, paid);
    return paid;
  };
  return tensors.map((tensor) => {
    const packed = tensor.data?.packed;
    return !packed || isPaid(packed) ? tensor : { ...tensor, data: null, notRead: packedTooMany };
  });
}

function pay(budget: Budget, { size, compressedSize, name }: PackedBytes['member']): boolean {
  try {
    budget.inflate(size, compressedSize, name);
    return true;
  } catch (error) {
    if (error instanceof LimitReached) return false;
    throw error;
  }
}
