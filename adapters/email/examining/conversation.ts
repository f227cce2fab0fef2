import { once } from 'node:events';
import { connect as openSocket, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Clock } from '../../../src/clock.ts';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import { plain } from '../../../src/text/line.ts';
import type { MailServer } from '../posting/server.ts';
import { type Encryption, encrypt } from './encryption.ts';

/** What a mail server answers to one command (RFC 5321, 4.2). */
export interface Answer {
  /** Three digits; 2xx and 3xx take what was asked. */
  code: number;
  /** At least one; what can be seen of each. */
  lines: string[];
}

/** A connection to a mail server, on which one command follows the other. Rejects once it is gone. */
export interface Conversation {
  /** What the server said first. */
  readonly greeting: Answer;
  /** Undefined while whoever stands between may read. */
  encryption(): Encryption | undefined;
  ask(command: string): Promise<Answer>;
  /** After the server has taken STARTTLS. */
  encrypt(): Promise<void>;
  /** Takes leave without waiting for an answer. */
  end(): void;
}

/** All of it; a server may let the first word wait to keep off who is in a hurry. */
const LONGEST_MS = 30 * SECOND_MS;
const LINE = /^(\d{3})([ -]?)(.*)$/;

/** Rejects where nobody answers in this way. */
export async function converse(server: MailServer, clock: Clock): Promise<Conversation> {
  const deadline = clock.deadline(LONGEST_MS);
  const raw = openSocket({ host: server.host, port: server.port });
  const late = () => raw.destroy(new Error(`There was no answer within ${LONGEST_MS / SECOND_MS} s.`));
  deadline.addEventListener('abort', late, { once: true });
  raw.once('close', () => deadline.removeEventListener('abort', late));
  let line = withEars(raw);
  let encryption: Encryption | undefined;
  const turnSecret = async () => {
    line.stopHearing();
    const secret = await encrypt(line.socket, server.host, deadline);
    encryption = secret.encryption;
    line = withEars(secret.socket);
  };
  try {
    await once(raw, 'connect');
    if (server.isEncrypted) await turnSecret();
    const greeting = await line.answer();
    return {
      greeting,
      encryption: () => encryption,
      async ask(command) {
        line.socket.write(`${command}\r\n`);
        return await line.answer();
      },
      encrypt: turnSecret,
      end: () => void line.socket.end('QUIT\r\n', () => raw.destroy()),
    };
  } catch (error) {
    raw.destroy();
    throw error;
  }
}

/** Hears a socket line by line, until it is to be heard otherwise. */
function withEars(socket: Socket) {
  let failure = new Error('The mail server ended the connection.');
  const reader = createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY });
  const lines = reader[Symbol.asyncIterator]();
  const onError = (error: Error) => {
    failure = error;
  };
  const onClose = () => reader.close();
  socket.on('error', onError).once('close', onClose);
  return {
    socket,
    async answer(): Promise<Answer> {
      const heard: string[] = [];
      for (;;) {
        const { done, value } = await lines.next();
        if (done) throw failure;
        const [, code, more, text = ''] = LINE.exec(value) ?? [];
        if (code === undefined) throw new Error('What answers there is no mail server.');
        heard.push(plain(text));
        if (more !== '-') return { code: Number(code), lines: heard };
      }
    },
    stopHearing() {
      reader.close();
      socket.off('close', onClose);
    },
  };
}
