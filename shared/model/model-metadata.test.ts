import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isModelMetadata, modelMetadataSchema } from './model-metadata.ts';

const keys = Object.keys(modelMetadataSchema.shape);
const hex = fc.string({ unit: fc.constantFrom('0', '9', 'a', 'F'), minLength: 64, maxLength: 64 });
const value = fc.oneof(
  fc.constantFrom(null, true, Number.NaN, Infinity, -1, 0.5, 2 ** 53, 12n, '', [], {}),
  fc.integer(),
  fc.string(),
  hex,
  fc.array(fc.oneof(fc.string(), fc.integer()), { maxLength: 2 }),
  fc.dictionary(fc.string(), fc.integer(), { maxKeys: 2 }),
);

test('the quick check and the schema agree on every record', () => {
  const record = fc.dictionary(fc.constantFrom(...keys, 'unknown', '__proto__'), value, { maxKeys: 4 });
  fc.assert(
    fc.property(record, (fields) => {
      expect(isModelMetadata(fields)).toBe(modelMetadataSchema.safeParse(fields).success);
    }),
    { seed: 1, numRuns: 5000 },
  );
});

test.each(keys)('%s alone, of every kind, is taken by both or by neither', (key) => {
  fc.assert(
    fc.property(value, (given) => {
      const fields = { [key]: given };
      expect(isModelMetadata(fields)).toBe(modelMetadataSchema.safeParse(fields).success);
    }),
    { seed: 2, numRuns: 300 },
  );
});
