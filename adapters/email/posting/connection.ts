import { once } from 'node:events';
import { connect as connectOpenly, isIP, type Socket } from 'node:net';
import type { Duplex, Readable } from 'node:stream';
import { connect as connectSafely } from 'node:tls';
import SmtpConnection from 'nodemailer/lib/smtp-connection';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import type { SmtpUrl } from './server.ts';

/** Whom a mail is from and for, as SMTP knows them. */
export interface Envelope {
  from: string;
  to: string;
}

/** A connection to the mail server, let in. Rejects with what Nodemailer throws. */
export interface Connection {
  /** It takes addresses with letters beyond ASCII (RFC 6531). */
  readonly isInternational: boolean;
  /** It has carried mails before, so that its server may have gone away unseen. */
  readonly isUsed: boolean;
  /** Another mail may go by it. */
  readonly isOpen: boolean;
  /** `onLeft`: the dot that ends the message is handed to the network. */
  send(envelope: Envelope, message: Readable, onLeft: () => void): Promise<void>;
  /** Makes it ready for another mail after one that was refused. */
  reset(): Promise<void>;
  /** Ends it at once: nothing more leaves. */
  cut(reason: Error): void;
  /** Keeps no process alive while nothing goes by it. */
  rest(): void;
  /** Takes leave, and waits for nothing. */
  quit(): void;
}

/** Longer than the line waits for an answer (30 s); one by which nothing goes for so long is closed. */
const SILENCE_MS = 40 * SECOND_MS;
/** Servers let one connection bring only so many; it is Nodemailer's own number. */
const MOST_MAILS = 100;

type Done = (error?: Error | null) => void;

/**
 * Opens one. `name`: what we call ourselves. With a password it is encrypted or not used, but to this machine itself; without,
 * it is encrypted where the server can, by whatever certificate. Rejects with the signal's reason.
 */
export async function openConnection(
  { server, login, isLoopback }: SmtpUrl,
  name: string,
  signal: AbortSignal,
): Promise<Connection> {
  const { host, port, isEncrypted } = server;
  const isOptional = isLoopback || (!isEncrypted && !login);
  const tls = { rejectUnauthorized: !isOptional, ...(isIP(host) === 0 ? { servername: host } : {}) };
  const socket = isEncrypted ? connectSafely({ host, port, ...tls }) : connectOpenly({ host, port });
  const cut = () => void socket.destroy();
  signal.addEventListener('abort', cut, { once: true });
  try {
    await once(socket, isEncrypted ? 'secureConnect' : 'connect', { signal });
    const smtp = new SmtpConnection({
      ...{ name, host, port, tls, connection: socket, secure: isEncrypted, secured: isEncrypted },
      ...{ requireTLS: !isOptional, opportunisticTLS: isOptional, socketTimeout: SILENCE_MS },
    });
    const talk = listen(smtp, socket);
    await talk.ask((done) => smtp.connect(done));
    const isInternational = /[ -]SMTPUTF8\b/i.test(String(smtp.lastServerResponse));
    if (login) await talk.ask((done) => smtp.login(credentials(login), done));
    return connectionOn(smtp, talk, { socket, isInternational });
  } catch (error) {
    socket.destroy();
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', cut);
  }
}

function credentials({ user, password: pass }: NonNullable<SmtpUrl['login']>) {
  return { user, credentials: { user, pass } };
}

interface Talk {
  /** Set once the connection is over. */
  readonly failure: Error | undefined;
  /** Asks something, and waits until that is done or the connection is over. */
  ask(begin: (done: Done) => void): Promise<void>;
  end(reason: Error): void;
}

/** Nodemailer calls back what it is asked, and tells by events, or not at all, that nothing will come of it any more. */
function listen(smtp: SmtpConnection, socket: Socket): Talk {
  let failure: Error | undefined;
  let fail: ((error: Error) => void) | undefined;
  const end = (reason: Error) => {
    failure ??= reason;
    fail?.(failure);
  };
  smtp.on('error', end);
  smtp.on('end', () => {
    failure ??= new Error('the connection was closed');
    // Nodemailer calls back what came of the mail only after this.
    queueMicrotask(() => fail?.(failure as Error));
  });
  // An error that nobody hears ends the process, and of a socket that it has wrapped Nodemailer hears none.
  socket.on('error', end);
  return {
    get failure() {
      return failure;
    },
    async ask(begin) {
      if (failure) throw failure;
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      fail = reject;
      begin((error) => (error ? reject(error) : resolve()));
      try {
        await promise;
      } finally {
        fail = undefined;
      }
    },
    end,
  };
}

function connectionOn(
  smtp: SmtpConnection,
  talk: Talk,
  { socket, isInternational }: { socket: Socket; isInternational: boolean },
): Connection {
  let mails = 0;
  return {
    isInternational,
    get isUsed() {
      return mails > 0;
    },
    get isOpen() {
      return !talk.failure && mails < MOST_MAILS;
    },
    async send({ from, to }, message, onLeft) {
      mails += 1;
      socket.ref();
      await talk.ask((done) => smtp.send({ from, to: [to] }, watched(message, onLeft), done));
    },
    reset: () => talk.ask((done) => smtp.reset(done)),
    cut(reason) {
      talk.end(reason);
      // Nodemailer would write what is left before it closes.
      socket.destroy();
    },
    rest: () => void socket.unref(),
    quit() {
      socket.unref();
      if (!talk.failure) smtp.quit();
    },
  };
}

/**
 * Tells when the end of a message leaves. What Nodemailer pipes it into writes the dot behind it, and no sooner than the network
 * has taken all before: a connection that ends earlier has surely brought nothing.
 */
function watched(message: Readable, onLeft: () => void): Readable {
  const pipe = message.pipe.bind(message);
  return Object.assign(message, {
    pipe(target: Duplex) {
      target.on('data', () => {
        if (target.writableEnded && target.readableLength === 0) onLeft();
      });
      return pipe(target);
    },
  });
}
