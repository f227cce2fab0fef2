import type { Socket } from 'node:net';
import type { SMTPServer, SMTPServerSession } from 'smtp-server';
import { until } from '../until.ts';
import type { Attempt, FakeMail, Mail } from './index.ts';

/** What smtp-server knows of a connection, and shows to nobody. */
interface Connection {
  id: string;
  _socket: Socket;
  _setListeners(done: () => void): void;
  connectionReady(): void;
  init(): void;
}

type Session = Pick<SMTPServerSession, 'id'>;

/** What a server is told, and by whom. */
export interface Register {
  mails: Mail[];
  /** The mail that a connection brings; undefined before the first. */
  current(session: Session): Attempt | undefined;
  begin(session: Session, from: string): void;
  /** Ends a connection without a word. */
  drop(session: Session): void;
  /** A connection has ended. */
  ended(session: Session): void;
  /** Whoever waits for something looks whether it holds. */
  look(): void;
  /** Takes note of every connection of a server. */
  watch(server: SMTPServer): void;
  /** Ends every connection at once. */
  cutAll(): void;
  /** What a test sees of it. */
  shown: Pick<FakeMail, 'mails' | 'attempts' | 'heard' | 'connections' | 'forget' | 'dropAll' | 'until'>;
  /** Hears the commands, as smtp-server logs them. */
  logger: object;
}

export function createRegister(): Register {
  const mails: Mail[] = [];
  const attempts: Attempt[] = [];
  const heard: string[] = [];
  const waiting = new Set<() => void>();
  const open = new Map<string, { connection: Connection; number: number; attempt?: Attempt }>();
  let opened = 0;
  const look = () => {
    for (const one of waiting) one();
  };

  function add(connection: Connection): void {
    opened += 1;
    open.set(connection.id, { connection, number: opened });
    // It would let each client wait 100 ms, to see who talks before it is greeted.
    connection.init = () => connection._setListeners(() => connection.connectionReady());
    look();
  }

  return {
    mails,
    current: ({ id }) => open.get(id)?.attempt,
    begin({ id }, from) {
      const one = open.get(id);
      if (!one) return;
      one.attempt = { from, to: [], stage: 'sender', hasFailed: false, connection: one.number };
      attempts.push(one.attempt);
    },
    drop: ({ id }) => void open.get(id)?.connection._socket.destroy(),
    ended({ id }) {
      open.delete(id);
      look();
    },
    look,
    watch(server) {
      // A client that is gone, or does not trust us, is no fault of the test.
      server.on('error', () => {});
      const known: Set<Connection> = server.connections;
      const addAs = known.add.bind(known);
      known.add = (connection) => {
        add(connection);
        return addAs(connection);
      };
    },
    cutAll() {
      for (const { connection } of open.values()) connection._socket.destroy();
    },
    shown: {
      mails,
      attempts,
      heard,
      connections: {
        get open() {
          return open.size;
        },
        get opened() {
          return opened;
        },
      },
      forget() {
        for (const list of [mails, attempts, heard]) list.length = 0;
      },
      dropAll() {
        for (const { connection } of open.values()) connection._socket.end();
      },
      until: (holds) => until(waiting, holds),
    },
    logger: {
      ...Object.fromEntries(['trace', 'info', 'warn', 'error', 'fatal'].map((level) => [level, () => {}])),
      debug({ tnx }: { tnx?: string }, _format: string, words: string) {
        if (tnx === 'command') heard.push(words);
      },
    },
  };
}
