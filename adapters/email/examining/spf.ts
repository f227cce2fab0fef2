import { type Finding, fine, warning, wrong } from '../../../src/finding.ts';
import { type Lookup, textsAt } from './lookup.ts';

/** A receiver that would have to look up more takes the record for broken (RFC 7208, 4.6.4). */
const MOST_LOOKUPS = 10;
const RECORD = /^v=spf1(?: |$)/i;
/** Terms for which a receiver asks DNS again. */
const ASKS = /^[+\-~?]?(?:include:|a(?:$|[:/])|mx(?:$|[:/])|ptr(?:$|:)|exists:)|^redirect=/i;
const LEADS_ON = /^(?:[+\-~?]?include:|redirect=)([^%]+)$/i;

/** Which servers may send for a domain (RFC 7208). Rejects where DNS says nothing. */
export async function ofSpf(domain: string, lookup: Lookup): Promise<Finding[]> {
  const [record, ...others] = await recordsAt(domain, lookup);
  const where = `The SPF record of ${domain}`;
  if (record === undefined) {
    const mend = `Publish a TXT record at ${domain}, such as "v=spf1 include:… -all"; whoever runs your mail server says what stands for it.`;
    return [wrong(`${domain} has no SPF record: nothing says which servers may send for it.`, mend)];
  }
  if (others.length > 0) {
    const sentence = `${domain} has ${others.length + 1} SPF records; receivers then take none.`;
    return [wrong(sentence, 'Make one of them: all terms in one record, one "all" at its end.')];
  }
  const lookups = await lookupsOf(record, lookup, 0);
  if (lookups > MOST_LOOKUPS) {
    const sentence = `${where} leads to more than ${MOST_LOOKUPS} lookups; receivers then take it for broken.`;
    return [wrong(sentence, 'Take out what you do not send by.')];
  }
  return [ofEnd(where, record)];
}

/** What becomes of mail from servers that no term names. */
function ofEnd(where: string, record: string): Finding {
  const terms = termsOf(record);
  const end = terms.find((term) => /^[+\-~?]?all$/i.test(term));
  if (/^\+?all$/i.test(end ?? ''))
    return wrong(`${where} lets everybody send: ${record}`, 'End it with "-all" or "~all".');
  const isOpen = end === undefined ? !terms.some((term) => /^redirect=/i.test(term)) : end.startsWith('?');
  if (isOpen)
    return warning(`${where} does not say what of other servers: ${record}`, 'End it with "-all" or "~all".');
  return fine(`${where} is there: ${record}`);
}

async function recordsAt(domain: string, lookup: Lookup): Promise<string[]> {
  return (await textsAt(domain, lookup)).filter((text) => RECORD.test(text));
}

/** How many a receiver makes at most; counts no further than beyond what is allowed, as records may lead in a circle. */
async function lookupsOf(record: string, lookup: Lookup, before: number): Promise<number> {
  let count = before;
  for (const term of termsOf(record)) {
    if (count > MOST_LOOKUPS) break;
    if (!ASKS.test(term)) continue;
    count += 1;
    const [, domain] = LEADS_ON.exec(term) ?? [];
    const [next] = domain === undefined ? [] : await recordsAt(domain, lookup);
    if (next !== undefined) count = await lookupsOf(next, lookup, count);
  }
  return count;
}

function termsOf(record: string): string[] {
  return record.split(/\s+/).slice(1);
}
