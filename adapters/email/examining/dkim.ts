import { createPublicKey, type KeyObject } from 'node:crypto';
import { type Finding, fine, warning, wrong } from '../../../src/finding.ts';
import type { Dkim } from '../posting/dkim.ts';
import { type Lookup, textsAt } from './lookup.ts';
import { tagsOf } from './tags.ts';

/** Shorter keys may be found out, and some receivers do not take them (RFC 8301, 3.2). */
const SHORTEST_BITS = 2048;

/** Whether receivers find the public half of the key that we sign with (RFC 6376). Rejects where DNS says nothing. */
export async function ofDkim(
  dkim: Dkim | undefined,
  senderDomain: string,
  lookup: Lookup,
): Promise<Finding[]> {
  if (!dkim) {
    const mend =
      'Set DKIM_KEY_FILE, or look in the source of a mail that --send brought: a DKIM-Signature means that your mail server signs.';
    return [warning('Mails are not signed here: no DKIM key is set.', mend)];
  }
  const key = createPublicKey(dkim.privateKey);
  const name = `${dkim.selector}._domainkey.${dkim.domain}`;
  const records = (await textsAt(name, lookup)).map((text) => ({ text, tags: tagsOf(text) }));
  const [record] = records.filter(({ tags }) => tags.has('p'));
  const publish = `Publish a TXT record at ${name}: ${recordFor(key)}`;
  if (record === undefined)
    return [wrong(`There is no DKIM record at ${name}: no receiver can check our signature.`, publish)];
  if (!formsOf(key).includes(bare(record.tags.get('p') ?? '')))
    return [wrong(`The DKIM record at ${name} holds another key than DKIM_KEY_FILE.`, publish)];
  return [
    fine(`The DKIM record at ${name} holds the public half of DKIM_KEY_FILE.`),
    ...ofTrial(record.tags, name),
    ...ofLength(key),
    ...ofAlignment(dkim.domain, senderDomain),
  ];
}

function ofTrial(tags: ReadonlyMap<string, string>, name: string): Finding[] {
  const isTrial = (tags.get('t') ?? '').split(':').some((flag) => bare(flag) === 'y');
  const sentence = `The DKIM record at ${name} says that it is on trial: receivers may ignore the signature.`;
  return isTrial ? [warning(sentence, 'Take t=y out of it.')] : [];
}

function ofLength({ asymmetricKeyDetails: details }: KeyObject): Finding[] {
  const bits = details?.modulusLength ?? SHORTEST_BITS;
  if (bits >= SHORTEST_BITS) return [];
  const mend = `Make a new one under another DKIM_SELECTOR: openssl genrsa -out dkim.pem ${SHORTEST_BITS}`;
  return [warning(`The DKIM key has ${bits} bits.`, mend)];
}

/** DMARC takes a signature only for a domain that belongs to the sender’s (RFC 7489, 3.1.1). */
function ofAlignment(domain: string, senderDomain: string): Finding[] {
  const isAligned = [domain, senderDomain].some((one) =>
    [domain, senderDomain].every((other) => other === one || other.endsWith(`.${one}`)),
  );
  const sentence = `DKIM signs for ${domain}, which says nothing of mail from ${senderDomain}.`;
  return isAligned ? [] : [warning(sentence, 'Set DKIM_DOMAIN to the domain of MAIL_FROM.')];
}

/** A public key as it may stand in a record: with and without its kind around it. */
function formsOf(key: KeyObject): string[] {
  const forms = [key.export({ type: 'spki', format: 'der' })];
  if (key.asymmetricKeyType === 'rsa') forms.push(key.export({ type: 'pkcs1', format: 'der' }));
  return forms.map((form) => form.toString('base64'));
}

function recordFor(key: KeyObject): string {
  return `v=DKIM1; k=rsa; p=${formsOf(key)[0]}`;
}

function bare(text: string): string {
  return text.replace(/\s/g, '');
}
