import { readAddress } from '../../adapters/email/subscribing/address.ts';
import { utcText } from '../domain/title.ts';
import { UsageError } from '../errors.ts';
import type { Run } from '../main.ts';
import type { Mailbox, Mailboxes, Subscribers } from '../subscribers.ts';
import { readArguments } from './arguments.ts';
import type { MailboxJson } from './json.ts';
import { emailConfigOf } from './platform-tools.ts';
import { mailboxesOf } from './platforms.ts';
import { printJson, withSession, write } from './session.ts';

const SPEC = {
  usage: 'paperwire mailbox <address> [--open] [--json]',
  options: { open: { type: 'boolean' }, json: { type: 'boolean' } },
  help: {
    open: 'Forgets what is held against the address, so that mail may go there again',
    json: 'One JSON document instead of text',
  },
} as const;

/** `paperwire mailbox`: whether an address gets editions and what is held against it; `--open` forgets that. */
export const run: Run = async (args) => {
  const values = readArguments(args.filter(isOption), SPEC);
  if (!values) return 0;
  const [address, ...more] = args.filter((word) => !isOption(word)).map(readAddress);
  if (address === undefined || more.length > 0)
    throw new UsageError(
      'Say one e-mail address: paperwire mailbox ada@example.org. See: paperwire mailbox --help',
    );
  return await withSession(
    async ({ bot, config }) => {
      const { publicUrl } = emailConfigOf(config);
      const mailboxes = mailboxesOf(config, bot.store);
      const look = () => lookUp(address, mailboxes, bot.host.subscribers);
      const before = await look();
      if (values.open) await mailboxes.clear(address);
      if (values.json) await printJson(values.open ? await look() : before);
      else await write(`${values.open ? openedText(before, publicUrl) : knownText(before)}\n`);
      return 0;
    },
    { quietLog: true },
  );
};

/** An address may begin with a dash too. */
function isOption(word: string): boolean {
  return word.startsWith('-') && !word.includes('@');
}

async function lookUp(
  address: string,
  mailboxes: Pick<Mailboxes, 'get'>,
  subscribers: Pick<Subscribers, 'get'>,
): Promise<MailboxJson> {
  const [subscriber, mailbox] = await Promise.all([subscribers.get(address), mailboxes.get(address)]);
  const subscription = subscriber ? { subscription: subscriber.state } : {};
  return { address, ...subscription, ...(mailbox ? { mailbox } : {}) };
}

/** How it stands with an address, in sentences. */
export function knownText({ address, subscription, mailbox }: MailboxJson): string {
  const gets = getsText(address, subscription);
  if (!mailbox) return `${gets} Nothing is held against it.`;
  return [gets, ...heldTexts(mailbox), `To open it again: paperwire mailbox ${address} --open`].join(' ');
}

function getsText(address: string, subscription: MailboxJson['subscription']): string {
  if (subscription === undefined) return `${address} gets no editions by e-mail.`;
  const but = subscription === 'active' ? '' : `, but its subscription is ${subscription}`;
  return `${address} gets editions by e-mail${but}.`;
}

const BLOCKED = {
  bounced: 'its mail server said that it does not exist',
  complained: 'whoever has it said that mail from here is unwanted',
} as const satisfies Record<NonNullable<Mailbox['blocked']>, string>;

function heldTexts({ refusals, blocked, changedAt }: Mailbox): string[] {
  const at = utcText(changedAt);
  const refused = refusals === 1 ? '1 mail was refused' : `${refusals} mails in a row were refused`;
  if (!blocked) return [`${refused}, ${refusals === 1 ? '' : 'the last '}at ${at}.`];
  const closed = `Since ${at} nothing is sent there, as ${BLOCKED[blocked]}.`;
  return refusals === 0 ? [closed] : [closed, `Before that ${refused}.`];
}

/** What became of an address that was opened. In: how it stood before, and the address of the bot's pages. */
export function openedText({ address, subscription, mailbox }: MailboxJson, publicUrl: string): string {
  const nothing = `Nothing ${mailbox ? 'is' : 'was'} held against ${address}${mailbox ? ' any more' : ''}.`;
  switch (subscription) {
    case undefined:
      return `${nothing} It gets no editions yet: only whoever has it can begin a subscription, at ${publicUrl}/email.`;
    case 'suspended':
      return `${nothing} Its suspended subscription goes on with the next daily look.`;
    default:
      return `${nothing} ${getsText(address, subscription)}`;
  }
}
