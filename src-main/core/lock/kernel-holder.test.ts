import { expect, test } from 'vitest';
import { holderIn } from './kernel-holder.ts';

const locks = `1: OFDLCK ADVISORY  WRITE -1 fe:10:131 0 EOF
2: POSIX  ADVISORY  READ 20 fe:10:132 0 EOF
3: POSIX  ADVISORY  WRITE 4321 fe:10:131 0 EOF
3: -> POSIX  ADVISORY  WRITE 99 fe:10:131 0 EOF
4: FLOCK  ADVISORY  WRITE 77 fe:11:131 0 EOF
5: POSIX  ADVISORY  WRITE 500 103:12345:131 0 EOF
`;

test('the holder of a lock is the process that the kernel lists for that very file', () => {
  expect(holderIn(locks, { dev: 0xfe10, ino: 131 })).toBe(4321);
  expect(holderIn(locks, { dev: 0x12310345, ino: 131 })).toBe(500);
  expect(holderIn(locks, { dev: 0xfe11, ino: 131 })).toBeNull();
  expect(holderIn(locks, { dev: 0xfe10, ino: 133 })).toBeNull();
  expect(holderIn('', { dev: 1, ino: 1 })).toBeNull();
});
