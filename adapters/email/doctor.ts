import { randomUUID } from 'node:crypto';
import type { TextCard } from '../../src/domain/card.ts';
import { type Finding, fine, warning, wrong } from '../../src/finding.ts';
import { createDraw } from './cards/draw.ts';
import { render } from './cards/payload.ts';
import { ofDkim } from './examining/dkim.ts';
import { ofDmarc } from './examining/dmarc.ts';
import { asFarAsResolved, isUnknown, type Lookup } from './examining/lookup.ts';
import { ofPages, type PagesDependencies } from './examining/pages.ts';
import { ofServer } from './examining/server.ts';
import { ofSpf } from './examining/spf.ts';
import { ofReturn, ofReverse } from './examining/ways-back.ts';
import { createPost, type PostConfig } from './posting/post.ts';
import { readSender } from './posting/sender.ts';
import { readSmtpUrl } from './posting/server.ts';
import { readAddress } from './subscribing/address.ts';

export type { Finding } from '../../src/finding.ts';

export interface EmailToolsConfig extends PostConfig, Pick<PagesDependencies, 'publicUrl' | 'knock'> {
  hookSecret: string;
  /** Asks DNS. */
  lookup: Lookup;
}

/** What the command line asks of mail. */
export interface EmailTools {
  /** Where bounces and complaints are told; a secret. */
  readonly hookUrl: string;
  /**
   * Looks at all that a bot needs to send mail: the server, the records by which receivers trust it, and the pages that mails
   * lead to. What cannot be looked up is a finding of its own. Never rejects.
   */
  examine(): Promise<Finding[]>;
  /** Of all that, only the mail server: whether it takes us and our mails. Never rejects. */
  examineServer(): Promise<Finding[]>;
  /** Sends a mail in which one sees what receivers think of us. Never rejects. */
  tryOut(address: string): Promise<Finding[]>;
}

export function createEmailTools(config: EmailToolsConfig): EmailTools {
  const { publicUrl, hookSecret, clock } = config;
  const { address: sender, domain } = readSender(config.from);
  const smtp = readSmtpUrl(config.smtpUrl);
  const hookUrl = `${publicUrl}/email/reports/${hookSecret}`;
  const examineServer = () => ofServer({ ...smtp, sender, clock });
  return {
    hookUrl,
    examineServer,
    async examine() {
      const parts = await Promise.all([
        examineServer(),
        ofRecords(domain, smtp.isLoopback ? undefined : smtp.server.host, config),
        ofPages({ ...config, hookUrl }),
      ]);
      return parts.flat();
    },
    tryOut: async (given) => [await tryOut(given, config)],
  };
}

/** `host`: the mail server’s; undefined for one on this machine, of which nobody here knows by which address it sends. */
async function ofRecords(
  domain: string,
  host: string | undefined,
  { dkim, lookup }: EmailToolsConfig,
): Promise<Finding[]> {
  if (!domain.includes('.')) {
    const mend = 'Set MAIL_FROM to an address of a domain of yours before others get mail.';
    return [warning(`${domain} is no domain that the world knows: SPF, DKIM and DMARC do not apply.`, mend)];
  }
  if (await isUnknown(domain, lookup).catch(() => false)) {
    const mend = 'Is MAIL_FROM spelled right? Else register the domain, or send from one that is.';
    return [wrong(`${domain} is not in DNS: receivers refuse what comes from there.`, mend)];
  }
  const signs = `${dkim?.selector}._domainkey.${dkim?.domain}`;
  const parts = await Promise.all([
    asFarAsResolved('SPF', `dig TXT ${domain}`, () => ofSpf(domain, lookup)),
    asFarAsResolved('DKIM', `dig TXT ${signs}`, () => ofDkim(dkim, domain, lookup)),
    asFarAsResolved('DMARC', `dig TXT _dmarc.${domain}`, () => ofDmarc(domain, lookup)),
    asFarAsResolved('The way back', `dig MX ${domain}`, () => ofReturn(domain, lookup)),
    host === undefined
      ? []
      : asFarAsResolved('The name of the server', `dig -x ${host}`, () => ofReverse(host, lookup)),
  ]);
  return parts.flat();
}

/** The way of every mail, so that what is wrong with it shows here too. */
async function tryOut(given: string, config: EmailToolsConfig): Promise<Finding> {
  const address = readAddress(given);
  if (address === undefined)
    return wrong(`“${given}” is no e-mail address.`, 'Give one: --send you@example.org.');
  const post = createPost(config);
  try {
    for (const payload of render(TRIAL)) {
      const drawn = createDraw()(payload, undefined);
      await post.send({ to: address, messageId: randomUUID(), drawn });
    }
    return fine(`The server took a test for ${address}: look whether it arrives, and how.`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return wrong(`The test for ${address} was not sent. ${reason}`, 'Mend what is wrong above first.');
  } finally {
    await post.close();
  }
}

const TRIAL: TextCard = {
  kind: 'text',
  title: 'A test by Paperwire',
  paragraphs: [
    'Whoever runs Paperwire sent this with “paperwire doctor email --send”. It is no edition, and nothing more comes.',
    'Does it lie in the inbox? Then look at its source: the line Authentication-Results should say spf=pass, dkim=pass and dmarc=pass.',
  ],
};
