import { isIP } from 'node:net';
import { type Finding, fine, warning, wrong } from '../../../src/finding.ts';
import { found, type Lookup } from './lookup.ts';

/** Whether answers and bounces get to the sender’s domain (RFC 5321, 5.1; RFC 7505). Rejects where DNS says nothing. */
export async function ofReturn(domain: string, lookup: Lookup): Promise<Finding[]> {
  const servers = await found(lookup.resolveMx(domain));
  const mend = `Have ${domain} take mail (an MX record), or send from a domain that does.`;
  if (servers.some(({ exchange }) => exchange === '' || exchange === '.'))
    return [wrong(`${domain} says that it takes no mail: receivers refuse what comes from there.`, mend)];
  if (servers.length > 0) {
    const first = servers.reduce((best, one) => (one.priority < best.priority ? one : best));
    return [fine(`${domain} takes mail at ${first.exchange}, so that answers and bounces come back.`)];
  }
  const addresses = await addressesOf(domain, lookup);
  if (addresses.length > 0)
    return [fine(`${domain} takes mail itself, so that answers and bounces come back.`)];
  return [warning(`${domain} takes no mail: answers and bounces do not come back.`, mend)];
}

/** Whether the server’s address has a name that leads back to it (RFC 1912, 2.1). Rejects where DNS says nothing. */
export async function ofReverse(host: string, lookup: Lookup): Promise<Finding[]> {
  const addresses = await addressesOf(host, lookup);
  const each = addresses.map(async (address) => {
    const names = await found(lookup.reverse(address));
    const back = await Promise.all(names.map((name) => addressesOf(name, lookup)));
    return { address, name: names.find((_, index) => back[index]?.includes(address)) };
  });
  const all = await Promise.all(each);
  const nameless = all.filter(({ name }) => name === undefined).map(({ address }) => address);
  const [first] = all;
  if (first === undefined) return [];
  if (nameless.length === 0) return [fine(`${host} has a name that leads back to it: ${first.name}.`)];
  const sentence = `${nameless.join(', ')} of ${host} has no name in DNS that leads back to it.`;
  const mend =
    'Where it sends to the world itself, have its provider set one, as receivers refuse mail from such; where it hands mail on to others that do, let it be.';
  return [warning(sentence, mend)];
}

async function addressesOf(name: string, lookup: Lookup): Promise<string[]> {
  if (isIP(name) !== 0) return [name];
  const both = [found(lookup.resolve4(name)), found(lookup.resolve6(name))];
  return (await Promise.all(both)).flat();
}
