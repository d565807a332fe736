import { z } from 'zod';
import { type JsonNumber, type JsonObject, toNumber } from './json.ts';

const numberForms = { anyOf: [{ type: 'number' }, { enum: ['NaN', 'Infinity', '-Infinity'] }] };

/** A number in our own JSON (see {@link stringifyJson}). */
export const jsonNumber = z.custom<JsonNumber>((value) => toNumber(value) !== null).meta(numberForms);

/** Any number of a file, NaN and ±Infinity included, which Python writes bare. */
export const anyNumber = z.custom<number>((value) => typeof value === 'number').meta(numberForms);

export const jsonObject = z
  .custom<JsonObject>((value) => typeof value === 'object' && value !== null && !Array.isArray(value))
  .meta({ type: 'object' });
