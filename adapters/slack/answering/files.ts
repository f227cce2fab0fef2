import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { ReplyFile } from '../../../src/command.ts';
import { directTo } from '../../../src/domain/feed.ts';
import type { Log } from '../../../src/log.ts';
import type { Texts } from '../../../src/texts/index.ts';
import type { SlackBody } from '../cards/payload.ts';
import type { Ask } from '../posting/ask.ts';
import type { ChannelOf } from '../posting/direct.ts';
import { isCode, read } from '../posting/failures.ts';
import { MOST_MESSAGES, sentence } from './answers.ts';
import type { Caller } from './caller.ts';

/** Sends the bytes of a file to an address that Slack gave for it. Rejects when Slack does not take them. */
export type Upload = (url: string, content: string, signal: AbortSignal) => Promise<void>;

export interface FileDependencies {
  ask: Ask;
  channelOf: ChannelOf;
  upload: Upload;
  log: Log;
}

const ticketSchema = z.object({ upload_url: z.url(), file_id: z.string() });

/**
 * Puts a file into the caller's direct messages. False where that cannot be: without the scope `files:write`, or where
 * Slack does not take it just now.
 */
export async function sendFile(
  { name, content }: ReplyFile,
  { place, member }: Caller,
  { ask, channelOf, upload, log }: FileDependencies,
  signal: AbortSignal,
): Promise<boolean> {
  const direct = directTo(place, member.id);
  const asking = { workspace: place.workspace, channel: direct.channel, signal };
  try {
    const ticketArgs = { filename: name, length: Buffer.byteLength(content) };
    const { data } = await ask({ ...asking, method: 'files.getUploadURLExternal', args: ticketArgs });
    const { upload_url: url, file_id: id } = read(ticketSchema, data, direct);
    await upload(url, content, signal);
    const args = { files: [{ id, title: name }], channel_id: await channelOf(direct, signal) };
    await ask({ ...asking, method: 'files.completeUploadExternal', args });
    return true;
  } catch (error) {
    signal.throwIfAborted();
    if (!isCode(error, 'missing_scope')) log.warn('A file could not be sent and is shown as text', { error });
    return false;
  }
}

/** As much of a file in one message, as JSON: the words above it have the rest. */
const PIECE = 10_000;

/** A file as text under an answer of words; what is too much ends with a sentence that says where all of it is. */
export function shownFile(
  words: readonly SlackBody[],
  { name, content }: ReplyFile,
  texts: Texts,
  format: string,
): SlackBody[] {
  const [first, ...rest] = piecesOf(content).map(preformatted);
  const last = words.at(-1);
  const under = last && first ? [{ ...last, blocks: [...last.blocks, first] }] : [];
  const messages = [
    ...words.slice(0, -1),
    ...under,
    ...rest.map((block) => ({ text: name, blocks: [block] })),
  ];
  if (messages.length <= MOST_MESSAGES) return messages;
  const told = sentence(texts.slackAnswers.fileCut(name, format), texts, texts.card.continued(name));
  return [...messages.slice(0, MOST_MESSAGES), ...told.slice(0, 1)];
}

function preformatted(text: string): types.RichTextBlock {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }],
  };
}

function piecesOf(content: string): string[] {
  const lines = content
    .trimEnd()
    .split('\n')
    .flatMap((line) => line.match(/.{1,3000}/gsu) ?? ['']);
  const pieces: string[] = [];
  for (const line of lines) {
    const last = pieces.at(-1);
    const longer = last === undefined ? line : `${last}\n${line}`;
    if (last !== undefined && JSON.stringify(longer).length > PIECE) pieces.push(line);
    else pieces[Math.max(0, pieces.length - 1)] = longer;
  }
  return pieces;
}
