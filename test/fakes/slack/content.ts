import { blockCharacters, MOST_BLOCK_CHARACTERS } from '../../slack-checks/check.ts';
import { isObject, objectsIn } from '../../slack-checks/read.ts';
import type { Content } from './messages.ts';
import type { Call } from './method.ts';
import { Refusal } from './refusal.ts';
import type { Message, Shape } from './state.ts';

/** A longer text is refused (docs.slack.dev/reference/methods/chat.postMessage, read 2026-11). */
const MOST_TEXT = 40_000;

/** What a message says, checked; refuses as Slack does, in its order. */
export function contentOf(call: Call, where: string): Content {
  const { args, world } = call;
  const { text, blocks, attachments, metadata } = args;
  const isEmpty =
    !text && !(Array.isArray(blocks) && blocks.length > 0) && objectsIn(attachments).length === 0;
  if (isEmpty) {
    world.problem(`${where}: no text`);
    throw new Refusal('no_text');
  }
  if (String(text ?? '').length > MOST_TEXT) throw new Refusal('msg_too_long');
  if (objectsIn(attachments).length > 100) throw new Refusal('too_many_attachments');
  if (typeof blocks === 'string') throw new Refusal('invalid_blocks_format');
  if (metadata !== undefined && !isObject(metadata)) throw new Refusal('invalid_metadata_format');
  const body = { text: text ?? '', blocks, attachments, metadata };
  const wrong = world.check('message', withoutUndefined(body), where);
  const isLong = blockCharacters(blocks) > MOST_BLOCK_CHARACTERS;
  if (isLong) throw new Refusal('msg_blocks_too_long');
  // A missing text is our own rule: Slack lets it pass.
  const refused = wrong.filter((problem) => problem !== 'no text');
  if (refused.length > 0)
    throw new Refusal(
      refused.every((one) => one.startsWith('metadata')) ? 'invalid_metadata_format' : 'invalid_blocks',
      {
        errors: refused,
        response_metadata: { messages: refused.map((one) => `[ERROR] ${one}`) },
      },
    );
  return {
    text: String(text ?? ''),
    blocks: objectsIn(blocks),
    attachments: objectsIn(attachments),
    ...(metadata ? { metadata: metadata as NonNullable<Message['metadata']> } : {}),
  };
}

function withoutUndefined(body: Shape): Shape {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}

/** `chat.update` keeps what was not given, but a text alone takes the blocks away. */
export function withoutAbsent({ args }: Call, content: Content): Partial<Content> {
  const { text, blocks, attachments, metadata } = content;
  return {
    text,
    blocks,
    ...(args.attachments === undefined ? {} : { attachments }),
    ...(metadata ? { metadata } : {}),
  };
}
