import type { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Clock } from '../../../src/clock.ts';
import type { MailLinks } from '../cards/draw.ts';
import { createSigner, type Dkim } from './dkim.ts';
import { createEncode } from './encode.ts';
import { messageIdOf } from './message-id.ts';
import type { Letter } from './post.ts';
import type { Sender } from './sender.ts';

export interface ComposeConfig {
  sender: Sender;
  dkim: Dkim | undefined;
  clock: Clock;
}

/** Makes the message that goes over the wire. `to`: one address that was checked. */
export type Compose = (letter: Letter, to: string) => Readable;

/**
 * Signs where there is a key; no part of a letter can end a header, or add one. Errors: `ConfigError` for a key that does not
 * sign.
 */
export function createCompose({ sender, dkim, clock }: ComposeConfig): Compose {
  const signer = dkim && createSigner(dkim);
  const encode = createEncode();
  return ({ messageId, drawn, links }, to) => {
    // Made anew for each: Nodemailer writes into what it is given.
    const from = () => ({ name: sender.name, address: sender.address });
    const message = new MailComposer({
      from: from(),
      replyTo: from(),
      to: { name: '', address: to },
      subject: drawn.subject,
      messageId: messageIdOf(messageId, sender.domain),
      date: new Date(clock.now()),
      headers: headersOf(links, sender),
      text: { raw: encode('plain', drawn.text) },
      html: { raw: encode('html', drawn.html) },
      // What is drawn is text, whatever it looks like.
      disableFileAccess: true,
      disableUrlAccess: true,
    }).compile();
    if (signer) message.processFunc((input) => signer.sign(input));
    return message.createReadStream();
  };
}

/**
 * No machine shall answer to a mail of ours (RFC 3834, 5). An edition belongs to a list (RFC 2919), which is ended by one press
 * in the mail program (RFC 8058).
 */
function headersOf(links: MailLinks | undefined, { domain }: Sender) {
  const headers = { 'Auto-Submitted': 'auto-generated' };
  if (!links) return headers;
  return {
    ...headers,
    'List-Id': prepared(`<paperwire.${domain}>`),
    'List-Unsubscribe': prepared(`<${linkIn(links.unsubscribe)}>`),
    'List-Unsubscribe-Post': prepared('List-Unsubscribe=One-Click'),
  };
}

/** Written as it stands: a link must not be folded. */
function prepared(value: string) {
  return { prepared: true, value };
}

/** As a header takes it: in ASCII, without spaces and brackets. */
function linkIn(url: string): string {
  return new URL(url).href.replace(/[<>]/g, encodeURIComponent);
}
