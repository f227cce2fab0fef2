import type { ServerResponse } from 'node:http';

const STYLE =
  'body{font:18px/1.5 system-ui,sans-serif;max-width:32em;margin:20vh auto;padding:0 1em;color:#1d1c1d}';

/** Answers a browser with a title and a sentence, both of our own words, and nothing that could be framed or run. */
export function page(response: ServerResponse, status: number, title: string, words: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
  response.end(
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><style>${STYLE}</style><h1>${title}</h1><p>${words}</p></html>`,
  );
}
