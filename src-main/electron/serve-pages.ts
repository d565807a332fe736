import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { pageHost } from './page-origin.ts';

/** Stand in the built page where the nonce of each load goes, and the locale that times are written in. */
const noncePlaceholder = '__CSP_NONCE__';
const localePlaceholder = '__LOCALE__';
const pageFilesSchema = z.record(z.string(), z.object({ file: z.string(), type: z.string() }));

const fixedHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

/** In milliseconds: what the runtime takes to hand on an answer. */
const handingOver = 10;

/** What a page may load and do: its own files, and styles that carry this load's nonce. */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ');
}

/**
 * Answers requests of our own scheme from a list of files made at build time; no path is ever joined to a request.
 * @param listFile the list: URL path → file (in the folder of the built page) and media type
 * @param locale a language tag, or nothing; asked for with each page
 * @param onFirstServed called once, when all that every page asks for first has been answered
 */
export function createPageServer(
  listFile: URL,
  locale: () => string,
  onFirstServed: () => void,
): (request: Request) => Promise<Response> {
  const files = new Map(Object.entries(pageFilesSchema.parse(JSON.parse(readFileSync(listFile, 'utf8')))));
  const placeOf = (file: string) => new URL(`../renderer/${file}`, listFile);
  const first = readFirst(readFileSync(placeOf('index.html')), files, placeOf);
  const asked = untilAllAsked(first.keys(), onFirstServed);
  return (request) => {
    const { host, pathname } = new URL(request.url);
    const entry = host === pageHost ? files.get(pathname) : undefined;
    if (request.method !== 'GET' && request.method !== 'HEAD') return Promise.resolve(refuse(405));
    if (!entry) return Promise.resolve(refuse(404));
    const reading = first.get(entry.file) ?? readFile(placeOf(entry.file));
    asked(entry.file);
    return answer(request.method, entry.type, reading, locale);
  };
}

/** Acts once, after the last of these was asked for and the runtime had time to take the answer. */
function untilAllAsked(files: Iterable<string>, act: () => void): (file: string) => void {
  const awaited = new Set(files);
  return (file) => {
    if (awaited.delete(file) && awaited.size === 0) setTimeout(act, handingOver);
  };
}

/** What every page asks for: itself and the files that it names. */
function readFirst(
  page: Buffer,
  files: ReadonlyMap<string, { file: string }>,
  placeOf: (file: string) => URL,
): Map<string, Buffer> {
  const text = page.toString('utf8');
  const named = [...files.values()].filter(({ file }) => text.includes(`"./${file}"`));
  return new Map([
    ['index.html', page],
    ...named.map(({ file }) => [file, readFileSync(placeOf(file))] as const),
  ]);
}

async function answer(
  method: string,
  type: string,
  reading: Buffer | Promise<Buffer>,
  locale: () => string,
): Promise<Response> {
  const content = await reading;
  const nonce = randomBytes(16).toString('base64');
  const body = type.startsWith('text/html')
    ? content.toString('utf8').replaceAll(noncePlaceholder, nonce).replace(localePlaceholder, locale())
    : content;
  const headers = {
    ...fixedHeaders,
    'Content-Type': type,
    'Content-Security-Policy': contentSecurityPolicy(nonce),
  };
  return new Response(method === 'HEAD' ? null : body, { headers });
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: fixedHeaders });
}
