import { expect, test } from 'vitest';
import { localeOfTimes } from './locale-of-times.ts';

const none = () => expect.unreachable();

test('on Linux times are written as LC_TIME says, whatever the language of messages', () => {
  expect(localeOfTimes('linux', { LANG: 'en_US.UTF-8', LC_TIME: 'de_DE.UTF-8' }, none)).toBe('de-DE');
  expect(localeOfTimes('linux', { LANG: 'en_GB.UTF-8', LC_TIME: '' }, none)).toBe('en-GB');
  expect(localeOfTimes('linux', { LC_ALL: 'sr_RS@latin', LC_TIME: 'de_DE' }, none)).toBe('sr-RS');
});

test('elsewhere they are written as the system says', () => {
  expect(localeOfTimes('darwin', { LANG: 'en_US.UTF-8' }, () => 'fr-CA')).toBe('fr-CA');
});

test('what names no language leaves ISO 8601', () => {
  for (const LANG of [undefined, '', 'C', 'C.UTF-8', 'POSIX', 'x"><script>', 'xx_YY'])
    expect([LANG, localeOfTimes('linux', { LANG }, none)]).toEqual([LANG, '']);
});
