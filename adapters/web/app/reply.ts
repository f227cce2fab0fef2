import type { Reply, ReplyFile } from '../../../src/command.ts';
import { type Html, html } from '../../../src/html.ts';
import { said } from '../../../src/paper-html.ts';
import { shorten } from '../../../src/text/shorten.ts';
import { drawCard } from '../cards/draw.ts';

/** A longer command is told by its beginning. */
const MOST_ASKED = 200;

/** What an answer is to. */
export interface Question {
  /** As it was typed, or would be. */
  line: string;
  /** The command's name, where it is one. */
  command?: string;
}

/** An answer that only its caller sees. */
export function drawReply(
  { cards, file, outcome }: Omit<Reply, 'visibility'>,
  { line, command = '' }: Question,
): Html {
  return html`<article class="message reply ${outcome}" data-reply data-command="${command}" tabindex="-1">
<header class="message-head"><span class="only-you">Only you can see this</span>${line !== '' && drawAsked(line)}<button type="button" class="dismiss" data-dismiss>Dismiss</button></header>
${cards.map((card) => drawCard(card))}${file && drawFile(file)}
</article>`;
}

function drawAsked(line: string): Html {
  return html`<code class="asked">${said(shorten(line, MOST_ASKED))}</code>`;
}

/** The file is in its own link: nothing of it lies anywhere else. */
function drawFile({ name, mediaType, content }: ReplyFile): Html {
  const address = `data:${mediaType};charset=utf-8;base64,${Buffer.from(content).toString('base64')}`;
  return html`<p><a class="button" download="${name}" href="${address}">Download ${name}</a></p>`;
}
