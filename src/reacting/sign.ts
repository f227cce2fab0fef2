import { type PaperId, parsePaperId } from '../domain/paper.ts';
import type { ReactedMessage } from '../domain/reaction.ts';
import type { Press, ReadPress } from '../press.ts';

/** What emoji on a message are about. */
export type Sign = { kind: 'panel' } | { kind: 'card'; paperId: PaperId };

/** The select of a topic panel gives it. */
export function isPanelPress(press: ReadPress | undefined): boolean {
  return press?.command === 'follow' && press.choose === 'what';
}

/** The paper that a press saves, and that its card is about; undefined for any other press. */
export function savedPaper(press: Press | undefined): PaperId | undefined {
  return press?.command === 'save' ? parsePaperId(String(press.options.paper ?? '')) : undefined;
}

/** A message with what emoji on it are about. */
export function withSign(
  { place, messageId }: Pick<ReactedMessage, 'place' | 'messageId'>,
  sign: Sign,
): ReactedMessage {
  return { place, messageId, ...(sign.kind === 'card' ? { paperId: sign.paperId } : {}) };
}
