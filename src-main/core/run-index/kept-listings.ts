import { createHash } from 'node:crypto';
import { sep } from 'node:path';
import { z } from 'zod';
import type { PackedNames } from '../catalog/packed-reading.ts';

const name = z.string().refine((text) => !text.includes('/') && !text.includes(sep));
const listingSchema = z.object({
  /** The folder. */
  path: z.string(),
  /** A hash of all its names, in the order in which they were listed. */
  hash: z.string(),
  /** Those of a part of the run, how many they are, and which of them belong to versions that are not kept. */
  count: z.number(),
  rest: z.array(name),
});

/** What a folder held when it was read. */
export type KeptListing = z.infer<typeof listingSchema>;

const listingsSchema = z.object({ listings: z.array(listingSchema) });

export function encodeListings(listings: readonly KeptListing[]): Buffer {
  return Buffer.from(JSON.stringify({ listings }));
}

/** Null when the bytes are not what {@link encodeListings} makes. */
export function decodeListings(bytes: Buffer): KeptListing[] | null {
  try {
    return listingsSchema.parse(JSON.parse(bytes.toString('utf8'))).listings;
  } catch {
    return null;
  }
}

export function hashOf({ names }: PackedNames): string {
  return createHash('sha256').update(names).digest('base64');
}
