import { plain } from '../../text/line.ts';

/** Where the search shows what a query finds. */
export function searchPath(query: string): string {
  return `/search?q=${encodeURIComponent(plain(query))}`;
}

/** Text as a query takes it whole. */
export function asPhrase(text: string): string {
  return `"${plain(text).replace(/["“”„]/g, ' ')}"`;
}
