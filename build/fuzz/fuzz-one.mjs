/** Fuzzes one parser and prints what came of it: node build/fuzz/fuzz-one.mjs BUNDLE PARSER READS SEED RUNS MS KEPT CORPUS */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const [bundle = '', parser = '', reads = '', seed, runs, time, kept = '', corpus = ''] =
  process.argv.slice(2);
// Most damage is told by throwing: the stack of each would take a fifth of the time. A fault is met again to have its stack.
Error.stackTraceLimit = 0;
const { fuzzParser } = await import(bundle);
const lines = existsSync(kept) ? readFileSync(kept, 'utf8').split('\n').filter(Boolean) : [];
const options = { parser, reads, seed: Number(seed), runs: Number(runs), time: Number(time) };
const { inputs, ...result } = await fuzzParser({
  ...options,
  kept: lines.map((line) => Buffer.from(line, 'base64')),
});
writeFileSync(corpus, inputs.map((/** @type {Buffer} */ input) => `${input.toString('base64')}\n`).join(''));
process.stdout.write(JSON.stringify(result));
