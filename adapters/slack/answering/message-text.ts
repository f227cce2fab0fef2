import { shorten } from '../../../src/text/shorten.ts';
import { isRecord } from './incoming.ts';
import { plainOf } from './words.ts';

/** As much as `find` takes. */
const MOST_CHARACTERS = 6000;
/** Nobody nests deeper: attachment, block, list, section, link. */
const DEEPEST = 8;
/** Where a message or a part of it carries words or addresses. */
const WORDS = [
  'text',
  'url',
  'title',
  'title_link',
  'from_url',
  'original_url',
  'fallback',
  'pretext',
] as const;
/** What has parts of its own. */
const PARTS = [
  'attachments',
  'blocks',
  'message_blocks',
  'message',
  'elements',
  'fields',
  'accessory',
] as const;

/**
 * All words and addresses of the message that a person points at, one a line, each once; empty when there are none. Its
 * shape is anybody's, as any app may have posted it.
 */
export function textOf(message: unknown): string {
  const words = [...new Set(wordsIn(message, DEEPEST))].map(plainOf).filter((word) => word !== '');
  return shorten(words.join('\n'), MOST_CHARACTERS, 'characters');
}

function wordsIn(part: unknown, depth: number): string[] {
  if (Array.isArray(part)) return part.flatMap((one) => wordsIn(one, depth));
  if (!isRecord(part) || depth === 0) return [];
  const own = WORDS.flatMap((name) => {
    const said = part[name];
    return typeof said === 'string' ? [said] : wordsIn(said, depth - 1);
  });
  return [...own, ...PARTS.flatMap((name) => wordsIn(part[name], depth - 1))];
}
