import { fitted } from './budget.ts';
import { inert } from './inert.ts';
import { LIMITS } from './limits.ts';

/** Stands where nothing can be seen. */
export const NAMELESS = 'Paperwire';
/** Of one line; nobody listens to more. */
const LINE = 300;

/**
 * The text of a message for notifications and screen readers: as many of its lines as there is room for, inert, as it is
 * `mrkdwn` too. Never empty.
 */
export function fallback(lines: readonly (string | undefined)[]): string {
  let text = '';
  for (const line of lines) {
    const written = line === undefined ? '' : fitted(line, LINE, inert);
    if (written === '') continue;
    const longer = text === '' ? written : `${text}\n${written}`;
    if (longer.length > LIMITS.text) break;
    text = longer;
  }
  return text || NAMELESS;
}
