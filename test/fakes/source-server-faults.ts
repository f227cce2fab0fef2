import type { ServerResponse } from 'node:http';
import type { Served } from './source-server-api.ts';

/**
 * What may be wrong with an answer. With `times` only so many requests are hit, then the truth comes back.
 *
 * Answers of another content:
 * - `status`: a refusal; `html`: a page instead of data; `new-shape`: data of an unknown shape (of pages both the data
 *   and the markup; `new-hydration` and `new-markup` change one of them); `null-entries`: every third entry is none;
 *   `repeats`: every entry comes twice; `empty`: a list without papers, an Atom feed without entries; `truncated`: the first half, sent as if it were all;
 *   `large`: the truth, padded to `bytes` (default 5,000,000).
 *
 * Answers that do not end well:
 * - `hang`: nothing comes; `drip`: the truth, a byte every `everyMs`; `endless`: bytes without end; `redirect-loop`;
 *   `reset` and `close`: the connection is torn down (RST) or closed (FIN) instead of an answer; `cut`: it is closed
 *   in the middle of the truth.
 */
export type Fault = { times?: number } & (
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: string }
  | { kind: 'large'; bytes?: number }
  | { kind: 'drip'; everyMs: number }
  | {
      kind:
        | 'html'
        | 'truncated'
        | 'endless'
        | 'redirect-loop'
        | 'reset'
        | 'close'
        | 'cut'
        | 'hang'
        | 'null-entries'
        | 'repeats'
        | 'empty'
        | 'new-shape'
        | 'new-hydration'
        | 'new-markup';
    }
);

/** An answer as a fault leaves it, as far as it is one of content. */
export function faultyAnswer(served: Served, fault: Fault | undefined): Served {
  switch (fault?.kind) {
    case 'status':
      return {
        status: fault.status,
        type: 'text',
        body: fault.body ?? `status ${fault.status}`,
        headers: fault.headers ?? {},
      };
    case 'html':
      return {
        status: 200,
        type: 'html',
        body: '<!doctype html><title>Hugging Face</title><p>Back soon.</p>',
      };
    case 'truncated':
      return { ...served, body: served.body.slice(0, served.body.length / 2) };
    case 'large': {
      const padding = ' '.repeat(Math.max(0, (fault.bytes ?? 5_000_000) - served.body.length));
      return { ...served, body: served.body + padding };
    }
    case 'empty':
      return served.body.startsWith('[') ? { ...served, body: '[]' } : served;
    case 'null-entries':
      return served.body.startsWith('[') ? { ...served, body: withoutThirds(served.body) } : served;
    case 'repeats':
      return served.body.startsWith('[') ? { ...served, body: doubled(served.body) } : served;
    case 'new-shape':
      return served.type === 'html'
        ? served
        : { ...served, body: JSON.stringify({ results: [], version: 2 }) };
    default:
      return served;
  }
}

function withoutThirds(list: string): string {
  return JSON.stringify(
    (JSON.parse(list) as unknown[]).map((item, index) => (index % 3 === 0 ? null : item)),
  );
}

function doubled(list: string): string {
  return JSON.stringify((JSON.parse(list) as unknown[]).flatMap((item) => [item, item]));
}

/** Sends nothing sensible, if the fault is of that kind; true when it has. */
export function misbehave(
  response: ServerResponse,
  served: Served,
  fault: Fault | undefined,
  url: URL,
): boolean {
  switch (fault?.kind) {
    case 'hang':
      return true;
    case 'reset':
      response.socket?.resetAndDestroy();
      return true;
    case 'close':
      response.socket?.end();
      return true;
    case 'cut':
      response.writeHead(200, { 'content-length': Buffer.byteLength(served.body) });
      response.write(served.body.slice(0, served.body.length / 2), () => response.socket?.destroy());
      return true;
    case 'redirect-loop': {
      const next = new URL(url);
      next.searchParams.set('n', String(Number(url.searchParams.get('n') ?? 0) + 1));
      response.writeHead(302, { location: next.href }).end();
      return true;
    }
    case 'drip':
      drip(response, served.body, fault.everyMs);
      return true;
    case 'endless':
      flood(response);
      return true;
    default:
      return false;
  }
}

function drip(response: ServerResponse, body: string, everyMs: number): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  let sent = 0;
  const timer = setInterval(() => {
    response.write(body[sent++] ?? ' ');
  }, everyMs);
  response.on('close', () => clearInterval(timer));
}

function flood(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const chunk = Buffer.alloc(64 * 1024, 0x20);
  const more = () => {
    while (!response.destroyed && response.write(chunk)) {
      // Goes on until the buffer is full; `drain` brings us back.
    }
  };
  response.on('drain', more);
  more();
}
