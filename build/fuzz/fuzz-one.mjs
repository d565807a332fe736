/** Fuzzes one parser and prints what came of it: node build/fuzz/fuzz-one.mjs BUNDLE PARSER SEED MS KEPT FOUND */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const [bundle = '', parser = '', seed = '1', time = '1000', kept = '', found = ''] = process.argv.slice(2);
// Most damage is told by throwing: a long stack of each would take half of the time.
Error.stackTraceLimit = 4;
const { fuzzParser } = await import(bundle);
const inputs = existsSync(kept) ? readFileSync(kept, 'utf8').split('\n').filter(Boolean) : [];
const options = {
  parser,
  seed: Number(seed),
  time: Number(time),
  kept: inputs.map((line) => Buffer.from(line, 'base64')),
};
const { found: led, ...result } = await fuzzParser(options);
if (found)
  writeFileSync(found, led.map((/** @type {Buffer} */ input) => `${input.toString('base64')}\n`).join(''));
process.stdout.write(JSON.stringify({ ...result, found: led.length }));
