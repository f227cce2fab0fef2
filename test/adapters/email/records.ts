import type { Lookup } from '../../../adapters/email/examining/lookup.ts';

/** What a DNS holds, by kind and name: `TXT example.org`. An error code stands for what it answers instead. */
export type Zone = Readonly<Record<string, readonly string[] | { code: string }>>;

/** A DNS that holds only this, and of its names nothing else; MX records as `10 mail.example.org`. */
export function zoneLookup(zone: Zone): Lookup {
  async function at(kind: string, name: string): Promise<string[]> {
    const isName = Object.keys(zone).some((key) => key.endsWith(` ${name}`) || key.endsWith(`.${name}`));
    const held = zone[`${kind} ${name}`] ?? { code: isName ? 'ENODATA' : 'ENOTFOUND' };
    if (!('code' in held)) return [...held];
    throw Object.assign(new Error(`query${kind} ${held.code} ${name}`), held);
  }
  return {
    // A text comes in parts of at most 255 characters.
    resolveTxt: async (name) => (await at('TXT', name)).map((text) => text.match(/.{1,255}/gs) ?? []),
    async resolveMx(name) {
      const records = await at('MX', name);
      return records.map((record) => {
        const [priority, exchange = ''] = record.split(' ');
        return { priority: Number(priority), exchange };
      });
    },
    resolve4: ((name: string) => at('A', name)) as Lookup['resolve4'],
    resolve6: ((name: string) => at('AAAA', name)) as Lookup['resolve6'],
    reverse: (address) => at('PTR', address),
  };
}
