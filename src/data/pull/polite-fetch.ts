import { DataError } from '../data-error.ts';

/** Least time between two requests, ms: a courtesy to the publishers. */
export const REQUEST_GAP = 1000;
/** Tries of one request before it is given up. */
const MOST_TRIES = 4;
/** Longest wait that a server's Retry-After is followed for, seconds. */
const LONGEST_WAIT = 120;
const MOST_REDIRECTS = 5;
const TIMEOUT = 60_000;
/** Nothing we ask for is near this size, bytes. */
const MOST_BYTES = 64 * 2 ** 20;

const ABSENT: readonly number[] = [403, 404, 410];
const BUSY: readonly number[] = [408, 429, 500, 502, 503, 504];
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/** The world as arguments: network, clock (ms since 1970, UTC) and waiting (ms). */
export interface PullEffects {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** What holds for every request. */
export interface PoliteOptions {
  readonly effects: PullEffects;
  readonly userAgent: string;
  /** Address of a mirror that answers as `BASE/host/path`; absent = the publishers themselves. */
  readonly baseUrl?: string;
  /** Values of the names in braces in an address; they never enter messages or files. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** One address and the hosts it may lead to. */
export interface PoliteRequest {
  /** Address, secrets as names in braces. */
  readonly url: string;
  readonly hosts: readonly string[];
}

/** What a server had: the whole text, or none such. */
export type Fetched =
  | { readonly kind: 'text'; readonly text: string; readonly bytes: number }
  | { readonly kind: 'absent'; readonly status: number };

/** Fetches one address after another. */
export interface PoliteFetch {
  readonly get: (request: PoliteRequest) => Promise<Fetched>;
  /** Requests sent so far, redirects and repetitions too. */
  readonly requests: () => number;
}

/**
 * A fetch that waits a second between requests, tries again after 429, 5xx, broken connections and
 * cut-off answers (Retry-After up to 120 s, else 2, 4, 8 s), and follows redirects only to the
 * hosts that a source is registered with.
 *
 * Errors of `get`: DataError `no-data` when the server cannot be reached, stays busy or answers with
 * another status; `bad-data` for a redirect elsewhere and for an answer that is no UTF-8 text or
 * stays cut off. 403, 404 and 410 are `absent`.
 */
export function createPoliteFetch(options: PoliteOptions): PoliteFetch {
  let last = Number.NEGATIVE_INFINITY;
  let requests = 0;
  const send = async (url: string): Promise<Response> => {
    const wait = last + REQUEST_GAP - options.effects.now();
    if (wait > 0) await options.effects.sleep(wait);
    requests += 1;
    try {
      return await options.effects.fetch(physical(url, options), {
        redirect: 'manual',
        // Uncompressed, because fetch takes half of a compressed answer for the whole.
        headers: { 'user-agent': options.userAgent, 'accept-encoding': 'identity' },
        signal: AbortSignal.timeout(TIMEOUT),
      });
    } finally {
      last = options.effects.now();
    }
  };
  return {
    get: (request) => getPatiently(request, options, send),
    requests: () => requests,
  };
}

type Send = (url: string) => Promise<Response>;

/** What one try came to: an end, or a reason to try again after some seconds. */
type Attempt =
  | { readonly kind: 'done'; readonly fetched: Fetched }
  | { readonly kind: 'again'; readonly reason: string; readonly after: number | undefined };

async function getPatiently(
  request: PoliteRequest,
  options: PoliteOptions,
  send: Send,
): Promise<Fetched> {
  let reason = '';
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    const attempt = await tryOnce(request, options, send);
    if (attempt.kind === 'done') return attempt.fetched;
    reason = attempt.reason;
    if (attempt.after !== undefined && attempt.after > LONGEST_WAIT) {
      throw unavailable(request.url, reason, `pull again in ${attempt.after} s, as it asks`);
    }
    if (tries < MOST_TRIES) await options.effects.sleep(1000 * (attempt.after ?? 2 ** tries));
  }
  const remedy = 'check the connection and pull again; what is stored is kept';
  throw unavailable(request.url, `${reason}, ${MOST_TRIES} times`, remedy);
}

async function tryOnce(
  request: PoliteRequest,
  options: PoliteOptions,
  send: Send,
): Promise<Attempt> {
  let url = request.url;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
    let response: Response;
    try {
      response = await send(url);
    } catch (error) {
      return { kind: 'again', reason: reasonOf(error), after: undefined };
    }
    const { status } = response;
    if (REDIRECTS.includes(status)) {
      await response.body?.cancel();
      url = redirected(url, response.headers.get('location'), request, options);
      continue;
    }
    if (status === 200) return readBody(request.url, response);
    await response.body?.cancel();
    if (ABSENT.includes(status)) return { kind: 'done', fetched: { kind: 'absent', status } };
    if (!BUSY.includes(status)) {
      const remedy = 'check the address and the key in a browser; what is stored is kept';
      throw unavailable(request.url, `status ${status}`, remedy);
    }
    const after = retryAfter(response.headers.get('retry-after'), options.effects.now());
    return { kind: 'again', reason: `status ${status}`, after };
  }
  throw unavailable(request.url, `more than ${MOST_REDIRECTS} redirects`, 'pull again later');
}

async function readBody(url: string, response: Response): Promise<Attempt> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response.body ?? []) {
      bytes += chunk.length;
      if (bytes > MOST_BYTES) break;
      chunks.push(chunk);
    }
  } catch (error) {
    return { kind: 'again', reason: `cut off: ${reasonOf(error)}`, after: undefined };
  }
  if (bytes > MOST_BYTES) throw garbage(url, `at most ${MOST_BYTES} bytes`, 'more');
  const announced = response.headers.get('content-length');
  const isPlain = response.headers.get('content-encoding') === null;
  if (isPlain && announced !== null && Number(announced) !== bytes) {
    const reason = `cut off: ${bytes} of ${announced} bytes`;
    return { kind: 'again', reason, after: undefined };
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
    return { kind: 'done', fetched: { kind: 'text', text, bytes } };
  } catch {
    throw garbage(url, 'UTF-8 text', 'other bytes');
  }
}

/** Where a redirect leads, as an address of the publisher; DataError for a host that is not listed. */
function redirected(
  from: string,
  location: string | null,
  request: PoliteRequest,
  options: PoliteOptions,
): string {
  let target: URL | undefined;
  try {
    target = new URL(location ?? '', from);
  } catch {
    target = undefined;
  }
  const base = options.baseUrl === undefined ? undefined : new URL(options.baseUrl);
  if (target !== undefined && base !== undefined && target.host === base.host) {
    target = new URL(`https:/${target.pathname}${target.search}`);
  }
  const isListed =
    target !== undefined && target.protocol === 'https:' && request.hosts.includes(target.host);
  if (target !== undefined && isListed) {
    // URL escapes the braces of a name that stands for a secret.
    return target.href.replaceAll('%7B', '{').replaceAll('%7D', '}');
  }
  throw new DataError({
    code: 'bad-data',
    file: request.url,
    rule: `a redirect must lead to https at ${request.hosts.join(' or ')}`,
    value: target === undefined ? `'${location ?? ''}'` : target.origin,
    remedy: 'nothing was stored; the publisher may have moved: look in a browser',
  });
}

function physical(url: string, { baseUrl, secrets }: PoliteOptions): string {
  const known = url.replaceAll(/\{(\w+)\}/g, (name: string, key: string) =>
    secrets[key] === undefined ? name : encodeURIComponent(secrets[key]),
  );
  if (baseUrl === undefined) return known;
  return `${baseUrl.replace(/\/$/, '')}/${known.replace(/^https:\/\//, '')}`;
}

/** Seconds that a server asks for, as a number or a date; undefined when it asks for nothing. */
function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d+$/.test(header)) return Number(header);
  const until = Date.parse(header);
  return Number.isNaN(until) ? undefined : Math.max(0, Math.ceil((until - now) / 1000));
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause : error;
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}

function unavailable(url: string, value: string, remedy: string): DataError {
  return new DataError({
    code: 'no-data',
    file: url,
    rule: 'the server must answer with status 200',
    value,
    remedy,
  });
}

function garbage(url: string, rule: string, value: string): DataError {
  return new DataError({
    code: 'bad-data',
    file: url,
    rule: `the answer must be ${rule}`,
    value,
    remedy: 'nothing was stored; pull again later, or open the address in a browser',
  });
}
