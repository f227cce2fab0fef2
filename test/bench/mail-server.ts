// A mail server in a process of its own that takes all it is given and keeps none of it:
//
//   node mail-server.ts       (forked; it tells its port, and answers each `{}` with its `MailFigures`, from then on anew)
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** What arrived since the last time it was told. */
export interface MailFigures {
  mails: number;
  /** Different ones. */
  messageIds: number;
  recipients: number;
  bytes: number;
  /** From the first connection's greeting to the last mail. */
  tookMs: number;
}

const MESSAGE_ID = /^Message-ID: *(.+)$/im;

let beganMs: number | undefined;
let endedMs = 0;
let bytes = 0;
let mails = 0;
const messageIds = new Set<string>();
const recipients = new Set<string>();

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS'],
  disableReverseLookup: true,
  logger: false,
  onConnect(_, done) {
    beganMs ??= performance.now();
    done();
  },
  onData(stream, { envelope }, done) {
    let head = '';
    stream.on('data', (part: Buffer) => {
      bytes += part.length;
      // The header comes first, and is short.
      if (!head.includes('\r\n\r\n')) head += part.toString('latin1');
    });
    stream.on('end', () => {
      mails += 1;
      endedMs = performance.now();
      messageIds.add(MESSAGE_ID.exec(head)?.[1] ?? '');
      for (const { address } of envelope.rcptTo) recipients.add(address);
      done(null, 'taken');
    });
  },
});

function figures(): MailFigures {
  const told = {
    ...{ mails, bytes, messageIds: messageIds.size, recipients: recipients.size },
    tookMs: endedMs - (beganMs ?? endedMs),
  };
  [beganMs, endedMs, mails, bytes] = [undefined, 0, 0, 0];
  messageIds.clear();
  recipients.clear();
  return told;
}

server.on('error', () => {});
server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.server.address() as AddressInfo).port });
});
process.on('message', () => process.send?.(figures()));
process.on('disconnect', () => process.exit());
