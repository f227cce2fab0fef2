import { describe, expect, it } from 'vitest';
import { createBackground } from '../../../../adapters/email/subscribing/background.ts';
import { othersFirst } from '../../../../src/clock.ts';
import { DeliveryUnavailableError, RefusedError } from '../../../../src/errors.ts';
import { silentLog } from '../../../../src/log.ts';
import { ORDER, open, share } from './world.ts';

const ASKER = 'slack:T1:U1';

describe('an invitation', () => {
  it('asks an address, and says no more', async () => {
    const { subscribing, posted, people } = await open();
    await people.subscribers.put('bo@example.org', ORDER);
    expect(await subscribing.invite('Ada@example.org', ORDER, ASKER)).toBe('asked');
    expect(await subscribing.invite('bo@example.org', ORDER, ASKER)).toBe('asked');
    const letters = await posted();
    expect(letters.map(({ to, links }) => [to, links !== undefined]).sort()).toEqual([
      ['ada@example.org', false],
      ['bo@example.org', true],
    ]);
  });

  it('puts no words of the asker into a mail to somebody else', async () => {
    const { subscribing, posted } = await open();
    const lure = { kind: 'author', key: 'visit evil.example now', label: 'Visit evil.example now' } as const;
    const topic = { kind: 'topic', key: 'evil.example', label: 'evil.example' } as const;
    const order = { ...ORDER, interests: [...ORDER.interests, lure, topic] };
    await subscribing.invite('ada@example.org', order, ASKER);
    const [{ payload } = {}] = await posted();
    expect(payload?.card).toMatchObject({
      rows: [
        { name: 'List', value: 'Each day’s papers, Monday to Friday' },
        { name: 'When', value: '08:00 Europe/Berlin' },
        { name: 'About', value: 'Agents, 2 more, which the page names' },
      ],
    });
    expect(JSON.stringify(payload?.card)).not.toContain('evil');
  });

  it('is limited to ten an hour of one asker in all processes, whatever is known of the addresses', async () => {
    const shared = share();
    const [one, other] = await Promise.all([open({ shared }), open({ shared })]);
    const asked: string[] = [];
    for (let at = 0; at < 11; at += 1) {
      const { subscribing } = at % 2 === 0 ? one : other;
      asked.push(await subscribing.invite(`a${at}@example.org`, ORDER, ASKER));
    }
    expect(asked).toEqual([...Array(10).fill('asked'), 'limited']);
    expect(await one.subscribing.invite('a@example.org', ORDER, 'slack:T1:U2')).toBe('asked');
    shared.clock.advance(3_600_000);
    expect(await one.subscribing.invite('a@example.org', ORDER, ASKER)).toBe('asked');
  });

  it('is said to be asked, and is not, where an address got three letters a day', async () => {
    const { subscribing, posted } = await open();
    for (let at = 0; at < 5; at += 1)
      expect(await subscribing.invite('ada@example.org', ORDER, `${ASKER}${at}`)).toBe('asked');
    expect(await posted()).toHaveLength(3);
  });

  it('is refused for what is no address, which counts for nothing', async () => {
    const { subscribing } = await open();
    for (let at = 0; at < 12; at += 1)
      await expect(subscribing.invite('Ada <ada@example.org>', ORDER, ASKER)).rejects.toMatchObject({
        refusal: 'no-mail-address',
        option: 'address',
      });
    expect(await subscribing.invite('ada@example.org', ORDER, ASKER)).toBe('asked');
  });

  it('is refused for more than a link carries', async () => {
    const { subscribing, posted } = await open();
    const interests = Array.from({ length: 100 }, (_, at) => ({
      kind: 'author' as const,
      key: `${at} a name that is rather long`,
      label: `${at} A name that is rather long`,
    }));
    const refused = subscribing.invite('ada@example.org', { ...ORDER, interests }, ASKER);
    await expect(refused).rejects.toThrow(RefusedError);
    expect(await posted()).toEqual([]);
  });

  it('waits for nothing where we are not started, or have stopped', async () => {
    const { subscribing } = await open();
    await subscribing.stop();
    const refused = subscribing.invite('ada@example.org', ORDER, ASKER);
    await expect(refused).rejects.toThrow(DeliveryUnavailableError);
  });
});

describe('the background', () => {
  it('takes no more than so much at once, and ends what waits when we stop', async () => {
    const warned: string[] = [];
    const background = createBackground({ ...silentLog, warn: (message) => void warned.push(message) }, 2);
    const ended: string[] = [];
    const waiting = (name: string) =>
      background.begin(async (signal) => {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        ended.push(name);
        signal.throwIfAborted();
      });
    for (const name of ['one', 'two', 'three']) waiting(name);
    expect(warned).toEqual(['Too many ask for e-mail at once; one was left']);
    await othersFirst();
    await background.stop();
    expect(ended).toEqual(['one', 'two']);
    waiting('late');
    await background.settle();
    expect(ended).toEqual(['one', 'two']);
  });

  it('breaks nothing by what fails in it', async () => {
    const failed: unknown[] = [];
    const background = createBackground({
      ...silentLog,
      error: (_, fields) => void failed.push(fields?.error),
    });
    background.begin(() => Promise.reject(new Error('broken')));
    background.begin(async () => {});
    await background.settle();
    expect(failed).toMatchObject([{ message: 'broken' }]);
  });
});
