import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { describeLink, isAnotherName } from './describe-link.ts';

const annexed = '../.git/annex/objects/x/y/SHA256E-s5--abc.pt/SHA256E-s5--abc.pt';

test.each([
  ['real.pt', /^a symbolic link to real\.pt: another name of a file of this run/],
  ['../outside.pt', /^a symbolic link to \.\.\/outside\.pt, outside the run: .* put a copy here/],
  ['gone.pt', /^a symbolic link to gone\.pt, where nothing is: fix or remove it$/],
  ['link.pt', /which leads back to itself/],
  [annexed, /git-annex does not have its bytes on this machine; “git annex get” brings them/],
  [`${annexed}.here`, /where git-annex keeps its bytes: “git annex unlock”/],
])('a link to %s is told by what it leads to', (target, told) => {
  const folder = temporaryFolder();
  const run = join(folder, 'run');
  mkdirSync(run);
  writeFileSync(join(run, 'real.pt'), '');
  writeFileSync(join(folder, 'outside.pt'), '');
  const there = join(run, `${annexed}.here`);
  mkdirSync(join(there, '..'), { recursive: true });
  writeFileSync(there, '');
  symlinkSync(target, join(run, 'link.pt'));
  expect(describeLink(join(run, 'link.pt'), run)).toMatch(told);
  expect(isAnotherName(join(run, 'link.pt'), run)).toBe(target === 'real.pt');
});
