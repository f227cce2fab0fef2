import { type CheerioAPI, load } from 'cheerio';

let last: { html: string; $: CheerioAPI } | undefined;

/** HTML as browsers parse it, not to be changed: the checks of one mail come one after the other, and share it. */
export function parsed(html: string): CheerioAPI {
  if (last?.html !== html) last = { html, $: load(html) };
  return last.$;
}
