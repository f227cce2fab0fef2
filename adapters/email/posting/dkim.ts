import { createPrivateKey, type KeyObject } from 'node:crypto';
import Signer from 'nodemailer/lib/dkim';
import { ConfigError } from '../../../src/errors.ts';

/** By which key mails are signed, and where the other half of it is published: `<selector>._domainkey.<domain>`. */
export interface Dkim {
  domain: string;
  selector: string;
  /** PEM, RSA. */
  privateKey: string;
}

/**
 * All that a reader relies on: a header that is not signed may be put there by anybody. The two by which one unsubscribes
 * have to be among them (RFC 8058, 4).
 */
const SIGNED = [
  ...['From', 'Reply-To', 'Subject', 'Date', 'Message-ID', 'To', 'MIME-Version', 'Content-Type'],
  ...['Content-Transfer-Encoding', 'List-Id', 'List-Unsubscribe', 'List-Unsubscribe-Post', 'Auto-Submitted'],
].join(':');

/** What signs mails. Errors: `ConfigError` for a key with which Nodemailer would let them go unsigned, without a word. */
export function createSigner({ domain, selector, privateKey }: Dkim): Signer {
  const key = readKey(privateKey);
  if (key?.asymmetricKeyType !== 'rsa') {
    const problem = 'it holds no private RSA key in PEM; openssl genrsa -out dkim.pem 2048 makes one.';
    throw new ConfigError([{ variable: 'DKIM_KEY_FILE', problem }]);
  }
  return new Signer({
    domainName: domain,
    keySelector: selector,
    // Read once: Nodemailer hands it on to `sign` for each mail, which takes a key that is read as well as its text.
    privateKey: key as unknown as string,
    headerFieldNames: SIGNED,
  });
}

function readKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}
