import { type Finding, fine, warning, wrong } from '../../../src/finding.ts';
import { type Lookup, textsAt } from './lookup.ts';
import { tagsOf } from './tags.ts';

const POLICIES = ['none', 'quarantine', 'reject'];

/** What receivers shall do with mail that only says that it is from a domain (RFC 7489). Rejects where DNS says nothing. */
export async function ofDmarc(domain: string, lookup: Lookup): Promise<Finding[]> {
  for (const one of itselfAndAbove(domain)) {
    const name = `_dmarc.${one}`;
    const records = (await textsAt(name, lookup)).filter((text) => /^v=DMARC1\s*(?:;|$)/i.test(text));
    const [record] = records;
    if (record !== undefined) return [ofRecord(name, record, records.length)];
  }
  const sentence = `${domain} has no DMARC record; large providers want one of who sends much.`;
  return [warning(sentence, `Publish a TXT record at _dmarc.${domain}: v=DMARC1; p=none`)];
}

function ofRecord(name: string, record: string, count: number): Finding {
  if (count > 1)
    return wrong(`There are ${count} DMARC records at ${name}; receivers take none.`, 'Leave one.');
  const policy = tagsOf(record).get('p')?.toLowerCase() ?? '';
  if (POLICIES.includes(policy)) return fine(`The DMARC record at ${name} is there: ${record}`);
  const sentence = `The DMARC record at ${name} names no policy: ${record}`;
  return wrong(sentence, `Write p=${POLICIES.join(', p=')} right after v=DMARC1.`);
}

/** A domain and those that it belongs to, but for the last word: where a receiver looks, one after the other. */
function itselfAndAbove(domain: string): string[] {
  const words = domain.split('.');
  return words.slice(0, -1).map((_, index) => words.slice(index).join('.'));
}
