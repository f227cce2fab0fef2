import { domainToASCII } from 'node:url';

/** Who a mail is from (`MAIL_FROM`). */
export interface Sender {
  /** With its domain in ASCII. */
  address: string;
  domain: string;
  /** As people read it; empty for none. */
  name: string;
}

/** Reads `Paperwire <papers@example.org>` or `papers@example.org`, which the configuration has checked. */
export function readSender(from: string): Sender {
  const [, name = '', inBrackets = from.trim()] = /^([^<>]*)<([^<>]*)>$/.exec(from.trim()) ?? [];
  const at = inBrackets.lastIndexOf('@');
  const domain = domainToASCII(inBrackets.slice(at + 1));
  const address = `${inBrackets.slice(0, at)}@${domain}`;
  return { address, domain, name: name.trim().replace(/^"(.*)"$/, '$1') };
}
