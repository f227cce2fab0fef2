import { isLoopback } from '../../../src/peer.ts';

/** Who sends, as a mail server knows them. */
export interface Login {
  user: string;
  password: string;
}

/** Where a mail server is reached. */
export interface MailServer {
  host: string;
  port: number;
  /** Encrypted from the first byte on (`smtps:`), not by STARTTLS. */
  isEncrypted: boolean;
}

/** What `SMTP_URL` says. */
export interface SmtpUrl {
  server: MailServer;
  /** Absent where the server takes mail without. */
  login?: Login;
  /** Only this machine reaches the server, so that nobody stands between. */
  isLoopback: boolean;
}

/** Submission, encrypted from the first byte on (RFC 8314, 3.3) and not (RFC 6409, 3.1). */
const PORTS = { 'smtps:': 465, 'smtp:': 587 } as const;

/** Reads an address such as `smtps://user:password@mail.example.org`, which the configuration has checked. */
export function readSmtpUrl(smtpUrl: string): SmtpUrl {
  const { protocol, hostname, port, username, password } = new URL(smtpUrl);
  const isEncrypted = protocol === 'smtps:';
  const host = decodeURIComponent(hostname.replace(/^\[(.*)\]$/, '$1'));
  const server = { host, port: Number(port) || PORTS[isEncrypted ? 'smtps:' : 'smtp:'], isEncrypted };
  const login = { user: decodeURIComponent(username), password: decodeURIComponent(password) };
  const isHere = isLoopback(host) || /^localhost\.?$/i.test(host);
  return { server, isLoopback: isHere, ...(username === '' ? {} : { login }) };
}
