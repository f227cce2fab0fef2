import { BlockList as AddressSet, isIP, isIPv4, isIPv6 } from 'node:net';

const LOOPBACK = setOf(['127.0.0.0/8', '::1/128']);
/** RFC 1918, 3927, 4193, 6598: machines of one's own net, of the cloud around it, and of this machine. */
const PRIVATE = setOf([
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  '100.64.0.0/10',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
]);
const IPV6_GROUPS = 8;
/** Whoever rents a machine has a /64 of its own (RFC 6177). */
const NETWORK_GROUPS = 4;
const SITE_GROUPS = 3;

function setOf(networks: readonly string[]): AddressSet {
  const set = new AddressSet();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    set.addSubnet(address, Number(bits), familyOf(address));
  }
  return set;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv4(address) ? 'ipv4' : 'ipv6';
}

/**
 * The address as it is compared: without brackets, port and zone, and IPv4 as such where IPv6 carries it; undefined for
 * what is none.
 */
export function readAddress(text: string): string | undefined {
  const [, inside] = /^\[([^\]]*)\](?::\d+)?$/.exec(text) ?? [];
  const bare = (inside ?? text.replace(/^([\d.]+):\d+$/, '$1')).replace(/%.*$/, '');
  const address = bare.replace(/^::ffff:(?=\d+\.)/i, '');
  return isIP(address) === 0 ? undefined : address;
}

/** An address of this machine alone. */
export function isLoopback(address: string): boolean {
  return isIP(address) !== 0 && LOOPBACK.check(address, familyOf(address));
}

/** One that no stranger can have: of this machine, or of a net of one's own. */
export function isPrivate(address: string): boolean {
  return isIP(address) !== 0 && PRIVATE.check(address, familyOf(address));
}

/** What one person has at the most: an address of IPv4, a /64 of IPv6. */
export function networkOf(address: string): string {
  return isIPv6(address) ? `${groupsOf(address).slice(0, NETWORK_GROUPS).join(':')}::/64` : address;
}

/** What one organisation may have: a /48 of IPv6 (RFC 6177); an address of IPv4, as more cost money. */
export function siteOf(address: string): string {
  return isIPv6(address) ? `${groupsOf(address).slice(0, SITE_GROUPS).join(':')}::/48` : address;
}

/** The part of the net in which the address lies, one of 65,792: a /8 of IPv4, a /16 of IPv6. */
export function regionOf(address: string): string {
  return isIPv6(address) ? `${groupsOf(address)[0]}::/16` : `${address.split('.')[0]}.0.0.0/8`;
}

/** The eight groups, the left-out zeros too. */
function groupsOf(address: string): string[] {
  // As a URL has it, an IPv4 tail is written in groups.
  const written = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = [], tail = []] = written.split('::').map((part) => part.split(':').filter(Boolean));
  const zeros = Array.from({ length: IPV6_GROUPS - head.length - tail.length }, () => '0');
  return [...head, ...zeros, ...tail];
}
