import { expect, test } from 'vitest';
import { LimitReached } from '../damage.ts';
import { weighJson } from './weigh-json.ts';

const weigh = (text: string) => () => weighJson(Buffer.from(text), 'its header');
const members = (count: number) => `{${'"a":1,'.repeat(count)}"b":{"c":[]}}`;

test.each(['', '{}', members(10), members(440_000), `{"a":"${'[{:'.repeat(500_000)}"}`, '"\\"[', '"', '"\\'])(
  'a text of few keys and levels passes, whatever stands in its texts',
  (text) => {
    expect(weigh(text)).not.toThrow();
  },
);

test('more keys than the tensors that are told have are a limit', () => {
  expect(weigh(members(460_000))).toThrow(new LimitReached('its header has more parts than are looked at'));
});

test('levels without end are damage', () => {
  expect(weigh('['.repeat(101))).toThrow('is nested deeper');
  expect(weigh('{"a":['.repeat(50))).not.toThrow();
});
