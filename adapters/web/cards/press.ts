import { type Press, pressText } from '../../../src/press.ts';

/** What has a meaning of its own in a press, and what an attribute of HTML does not carry as it is. */
const RESERVED = /[%+|~\s\p{C}]/gu;

/**
 * A press as a button of the page carries it: `show|paper=2608.19880`; `choose` is an option that is chosen beside it.
 * Undefined where a value is no text.
 */
export function writePress(press: Press, choose?: string): string | undefined {
  return pressText(press, RESERVED, choose);
}
