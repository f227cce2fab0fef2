import { BlockList, isIP } from 'node:net';

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
  return { server, isLoopback: isLoopback(host), ...(username === '' ? {} : { login }) };
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');

function isLoopback(host: string): boolean {
  const version = isIP(host);
  if (version === 0) return /^localhost\.?$/i.test(host);
  return LOOPBACK.check(host, version === 6 ? 'ipv6' : 'ipv4');
}
