import { expect } from '@playwright/test';

/** The shapes that docs promise to those who build on the command line, checked by hand and not by our own schemas. */

const hex = /^[0-9a-f]{64}$/;
const states = 'verified unverified unsealed mismatch torn missing writing unreadable'.split(' ');
const sources = ['sidecar', 'file_name', 'contents', 'none'];

interface Integrity {
  state: string;
  detail: string | null;
  cause: string | null;
  expected: string | null;
  actual: string | null;
  checked_at: string | null;
}

export interface Version {
  id: string;
  kind: string;
  version: number | null;
  step: number | null;
  reward: number | string | null;
  metrics: Record<string, unknown>;
  checksum: string | null;
  file_size_bytes: number;
  metadata_source: string;
  integrity: Integrity;
  is_best: boolean;
  is_latest: boolean;
  backups: number;
  problems: string[];
}

export interface Listing {
  run: string;
  config: Record<string, unknown>;
  versions: Version[];
  problems: { path: string; problem: string }[];
  recognised: { best: string | null; last: string | null } | null;
}

export interface VerifyReport {
  ok: boolean;
  files: ({ id: string } & Integrity)[];
  counts: Record<string, number>;
  bytes: number;
  seconds: number;
  problems: { path: string; problem: string }[];
  recognised: { best: string | null; last: string | null } | null;
}

export interface Inspection {
  path: string;
  format: string;
  written_by: { framework: string; version: string | null } | null;
  byte_order: string | null;
  file_size_bytes: number | null;
  bytes_read: number;
  checkpoint_version: unknown;
  training_state: unknown;
  metadata: unknown;
  entries: { key: string; type: string; summary: string }[];
  tensors: {
    name: string;
    dtype: string;
    shape: number[];
    stride: number[] | null;
    offset: number | null;
    bytes: number;
    storage: string | null;
    device: string | null;
  }[];
  totals: { tensors: number; parameters: number; bytes: number };
  layers: { name: string; layer: string }[];
  carried: { what: string; keys: string[] }[];
  hyperparameters: {
    name: string;
    agree: boolean;
    values: { source: string; path: string; value: unknown }[];
  }[];
  globals: { module: string; name: string; called: boolean; class: string; offset: number | null }[];
  trust: string;
  unread: string[];
  problems: string[];
}

const tensorKeys = [
  'name',
  'dtype',
  'shape',
  'stride',
  'offset',
  'bytes',
  'storage',
  'device',
  'stored_as',
  'not_measured',
];

export function asInspection(document: unknown): Inspection {
  const inspection = document as Inspection;
  for (const key of ['checkpoint_version', 'training_state', 'metadata', 'file_size_bytes'])
    expect(inspection).toHaveProperty(key);
  expect(inspection).toMatchObject({ path: expect.any(String), bytes_read: expect.any(Number) });
  expect(['tensors-only', 'needs-classes', 'runs-code']).toContain(inspection.trust);
  for (const what of inspection.unread) expect(typeof what).toBe('string');
  for (const tensor of inspection.tensors) expect(Object.keys(tensor)).toEqual(tensorKeys);
  for (const global of inspection.globals) {
    expect(Object.keys(global)).toEqual(['module', 'name', 'called', 'class', 'offset']);
    expect(['tensor', 'data', 'code']).toContain(global.class);
  }
  for (const entry of inspection.entries) expect(Object.keys(entry)).toEqual(['key', 'type', 'summary']);
  for (const problem of inspection.problems) expect(typeof problem).toBe('string');
  return inspection;
}

export function asListing(document: unknown): Listing {
  const listing = document as Listing;
  expect(Object.keys(listing)).toEqual(expect.arrayContaining(['run', 'config', 'versions', 'problems']));
  expect(listing.run).toMatch(/^\//);
  for (const version of listing.versions) asVersion(version);
  for (const problem of listing.problems)
    expect(problem).toEqual({ path: expect.any(String), problem: expect.any(String) });
  return listing;
}

export function asVersion(document: unknown): Version {
  const version = document as Version & Record<string, unknown>;
  expect(version).toMatchObject({
    id: expect.stringMatching(/^[^/].*[^/]$/s),
    kind: expect.stringMatching(/^(best|checkpoint)$/),
    metrics: expect.any(Object),
    tags: expect.any(Array),
    pinned: expect.any(Boolean),
    file_size_bytes: expect.any(Number),
    is_best: expect.any(Boolean),
    is_latest: expect.any(Boolean),
    backups: expect.any(Number),
  });
  for (const key of ['version', 'timestamp', 'reward', 'training_state', 'symbol', 'notes', 'checksum'])
    expect(version).toHaveProperty(key);
  expect(sources).toContain(version.metadata_source);
  if (version.checksum !== null) expect(version.checksum).toMatch(hex);
  expectIntegrity(version.integrity);
  return version;
}

export function asVerifyReport(document: unknown): VerifyReport {
  const report = document as VerifyReport;
  expect(report).toMatchObject({
    ok: expect.any(Boolean),
    counts: expect.any(Object),
    bytes: expect.any(Number),
    seconds: expect.any(Number),
  });
  for (const file of report.files) {
    expect(file.id).toEqual(expect.any(String));
    expectIntegrity(file);
  }
  const total = Object.values(report.counts).reduce((sum, count) => sum + count, 0);
  expect(total).toBe(report.files.length);
  return report;
}

function expectIntegrity({ state, detail, cause, expected, actual, checked_at }: Integrity): void {
  expect(states).toContain(state);
  expect([null, 'changed', 'bit-rot']).toContain(cause);
  for (const checksum of [expected, actual]) if (checksum !== null) expect(checksum).toMatch(hex);
  for (const text of [detail, checked_at]) expect(text === null || typeof text === 'string').toBe(true);
  if (checked_at !== null) expect(checked_at).toMatch(/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/);
}

/** An error is one line of what, why and what to do, and never a stack trace. */
export function expectOneLineError(stderr: string): void {
  const lines = stderr.trimEnd().split('\n');
  expect(lines.at(-1)).toMatch(/^cairn: .+ — .+ — .+/);
  expect(lines.filter((line) => line.startsWith('cairn: '))).toHaveLength(1);
  expect(stderr).not.toMatch(/^\s+at .*:\d+:\d+/m);
}
