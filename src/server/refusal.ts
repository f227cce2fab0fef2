import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** Why a request is not taken, in a sentence that says what to do. */
export interface Refusal {
  status: number;
  sentence: string;
}

/** Of every answer, unless its listener says otherwise: nothing in it acts, is framed, or is taken for another thing. */
export const GUARDS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

const REFUSED: Readonly<Record<string, string>> = {
  ...GUARDS,
  'Content-Type': 'text/plain; charset=utf-8',
  'Cache-Control': 'no-store',
  // What is left of the request is not read.
  Connection: 'close',
};

/** By the codes of Node; all others are malformed (nodejs.org/api/http.html#event-clienterror, 2026-11-23). */
const BROKEN: Readonly<Record<string, Refusal>> = {
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, sentence: 'That took too long; send the whole request at once.' },
  HPE_HEADER_OVERFLOW: { status: 431, sentence: 'Send shorter headers and a shorter address.' },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { status: 413, sentence: 'Send chunks without extensions.' },
};
const MALFORMED: Refusal = { status: 400, sentence: 'That is no request in HTTP/1.1.' };

/** What to say to whoever sent what Node could not read. */
export function refusalOf({ code }: NodeJS.ErrnoException): Refusal {
  return BROKEN[code ?? ''] ?? MALFORMED;
}

/** Where the answer has begun nobody can take it for whole: its connection is cut. */
export function refuse(response: ServerResponse, refusal: Refusal): void {
  if (response.headersSent) return void response.destroy();
  const { body, headers } = answerOf(refusal);
  response.writeHead(refusal.status, headers);
  response.end(body);
}

/** The same where a request is not known as one. */
export function refuseUnread(socket: Duplex, refusal: Refusal): void {
  const { body, headers } = answerOf(refusal);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const head = [`HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`, ...lines].join('\r\n');
  // Node has let go of the socket where somebody wanted a tunnel: nobody else hears of its end.
  socket.on('error', () => {});
  socket.end(`${head}\r\n\r\n${body}`, () => socket.destroy());
}

function answerOf({ sentence }: Refusal) {
  const body = `${sentence}\n`;
  return { body, headers: { ...REFUSED, 'Content-Length': `${Buffer.byteLength(body)}` } };
}
