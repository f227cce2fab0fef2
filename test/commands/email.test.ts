import { describe, expect, it } from 'vitest';
import { email } from '../../commands/email.ts';
import type { Services } from '../../src/abilities.ts';
import type { Reply } from '../../src/command.ts';
import type { Locale } from '../../src/domain/locale.ts';
import { RefusedError } from '../../src/errors.ts';
import { createHost } from '../../src/host.ts';
import { silentLog } from '../../src/log.ts';
import { blindObserver } from '../../src/observer.ts';
import { closeAfter } from '../closing.ts';
import { ADA, SUNDAY } from '../members.ts';
import { openWorld, PLACE } from '../world.ts';

type Invite = NonNullable<Services['mail']>['invite'];

/** Ada's commands, in a world whose invitations are only noted. */
async function open(
  given: { outcome?: 'asked' | 'limited'; refusal?: RefusedError; hasMail?: boolean } = {},
) {
  const { outcome = 'asked', refusal, hasMail = true } = given;
  const world = closeAfter(await openWorld(SUNDAY));
  const invited: Parameters<Invite>[] = [];
  const mail: Services['mail'] = {
    async invite(...asked) {
      if (refusal) throw refusal;
      invited.push(asked);
      return outcome;
    },
  };
  const { mail: _, ...services } = world.services;
  const { clock } = world;
  const told = { clock, log: silentLog, observer: blindObserver };
  const host = createHost(world.host.commands, hasMail ? { ...services, mail } : services, told);
  const give = async (command: string, options: Record<string, string>, locale?: Locale) =>
    await host.run({
      command,
      options,
      place: PLACE,
      member: { id: ADA.id, isManager: false },
      at: clock.now(),
      ...(locale ? { locale } : {}),
    });
  return { ...world, invited, give };
}

const words = ({ cards }: Reply) => JSON.stringify(cards);
const TO_ADA = { address: 'ada@example.org' };

describe('/paper email', () => {
  it('asks an address, and says so to its caller alone', async () => {
    const { give, invited } = await open();
    const reply = await give('email', { address: ' ada@example.org ' });
    expect(reply).toMatchObject({ outcome: 'done', visibility: 'private' });
    expect(words(reply)).toContain('If ada@example.org can get mail, a message is on its way there.');
    expect(words(reply)).toContain('{"name":"About","value":"all papers of the list"}');
    const order = { listing: 'daily', time: '09:00', zone: 'UTC', interests: [] };
    expect(invited).toEqual([['ada@example.org', order, ADA]]);
    expect(reply.data).toEqual({ order });
  });

  it('orders what its caller follows, when their digest comes', async () => {
    const { give, invited } = await open();
    await give('follow', { what: 'vision, author:Ada Lovelace, org:nvidia' });
    await give('following', { every: 'weekly', time: '18:30', zone: 'Europe/Berlin' });
    const reply = await give('email', TO_ADA, 'de');
    const [[, order] = []] = invited;
    expect(order).toEqual({
      listing: 'weekly',
      time: '18:30',
      zone: 'Europe/Berlin',
      interests: [
        { kind: 'topic', key: 'vision', label: 'Vision' },
        { kind: 'author', key: 'ada lovelace', label: 'Ada Lovelace' },
        { kind: 'organization', key: 'nvidia', label: 'nvidia' },
      ],
    });
    for (const said of ['"wöchentlich"', '"18:30 Europe/Berlin"', '"Sehen, Ada Lovelace, nvidia"'])
      expect(words(reply)).toContain(said);
  });

  it('leaves out, and names, what only this workspace knows', async () => {
    const { give, invited, services } = await open();
    await services.people.addTopic(PLACE, {
      slug: 'protein-design',
      name: 'Protein design',
      emoji: '📌',
      meaning: 'proteins',
      query: 'protein',
    });
    await give('follow', { what: 'protein design, agents' });
    const reply = await give('email', TO_ADA);
    expect(invited[0]?.[1].interests).toEqual([{ kind: 'topic', key: 'agents', label: 'Agents' }]);
    expect(words(reply)).toContain('Topics of this workspace do not come by e-mail: Protein design.');
  });

  it('refuses what is no address, naming the option, in each language', async () => {
    const { give } = await open({ refusal: new RefusedError('no-mail-address', '', 'address') });
    const said = {
      en: 'That is no e-mail address.',
      de: 'Das ist keine E-Mail-Adresse.',
      'zh-CN': '这不是电子邮件地址。',
    };
    for (const [locale, sentence] of Object.entries(said)) {
      const reply = await give('email', { address: 'Ada' }, locale as Locale);
      expect(reply).toMatchObject({ outcome: 'refused', option: 'address' });
      expect(words(reply)).toContain(sentence);
    }
  });

  it('says when somebody asks too often', async () => {
    const { give } = await open({ outcome: 'limited' });
    const reply = await give('email', TO_ADA);
    expect(reply.outcome).toBe('refused');
    expect(words(reply)).toContain('Please try again in an hour.');
  });

  it('says where no e-mail is set up', async () => {
    const { give } = await open({ hasMail: false });
    const reply = await give('email', TO_ADA);
    expect(reply.outcome).toBe('refused');
    expect(words(reply)).toContain('No e-mail is set up here.');
    expect(reply).not.toHaveProperty('option');
  });

  it('is in the list, for every member', async () => {
    const { host } = await open();
    expect(host.commands).toContain(email);
    expect(email.audience).toBe('member');
  });
});
