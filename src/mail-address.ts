import { domainToASCII } from 'node:url';

/**
 * An address as its owner is known by it, however it was written: without blanks around it, in small letters, its domain
 * in the form of DNS (`ada@xn--bcher-kva.example`). In: what is an address; of anything else something that is none.
 */
export function mailAddressOf(given: string): string {
  const address = given.trim().normalize('NFC').toLowerCase();
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  return `${address.slice(0, at + 1)}${domainToASCII(domain) || domain}`;
}
