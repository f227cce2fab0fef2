import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHome } from '../../../../adapters/slack/home/home.ts';
import { SECOND_MS } from '../../../../src/domain/calendar.ts';
import { StoreError } from '../../../../src/errors.ts';
import { textsFor } from '../../../../src/texts/index.ts';
import { type View, viewText } from '../../../fakes/slack/index.ts';
import { eventually, openPeople, type PeopleScene } from '../people-scene.ts';

let scene: PeopleScene;
beforeEach(async () => {
  scene = await openPeople();
  await scene.give(scene.grace, 'feed add', {});
});
afterEach(async () => {
  expect(await scene.close()).toEqual([]);
});

const text = () => viewText(scene.grace.home);

/** Grace opens the Home tab. */
async function open(): Promise<View> {
  scene.grace.openHome();
  await eventually(() => scene.grace.home !== undefined);
  return scene.grace.home as View;
}

describe('what comes to nothing on the Home tab, whatever broke', () => {
  const CLOSED = new StoreError('read', { key: 'installations:slack:T1' });
  const { host: SAY } = textsFor(undefined);

  it('is told there where nobody can tell who pressed', async () => {
    await open();
    scene.dependencies.places.installer = () => Promise.reject(CLOSED);
    await scene.grace.press(scene.grace.home as View, 'Pause');
    await eventually(() => text().includes(SAY.storeClosed));
    expect(await scene.feeds()).toMatchObject([{ state: 'active' }]);
  });

  it('is told there where the host breaks', async () => {
    await open();
    const { host } = scene;
    const run = host.run.bind(host);
    host.run = (given) => (given.command === 'follow' ? Promise.reject(new Error('broken')) : run(given));
    await scene.grace.press(scene.grace.home as View, 'agents');
    await eventually(() => text().includes(SAY.ourFault));
  });

  it('leaves the tab itself to be seen', async () => {
    scene.dependencies.places.installer = () => Promise.reject(CLOSED);
    await open();
    expect(text()).toContain('🤖 Agents');
  });
});

describe('a press that a process died over', () => {
  it('is no longer told to be under way once the tab is opened anew', async () => {
    await open();
    const { host } = scene;
    const run = host.run.bind(host);
    const { promise, resolve } = Promise.withResolvers<void>();
    let isAsked = false;
    host.run = async (given) => {
      if (given.command === 'feed run') {
        isAsked = true;
        await promise;
      }
      return await run(given);
    };
    await scene.grace.press(scene.grace.home as View, 'Post now');
    await eventually(() => isAsked);
    scene.clock.advance(SECOND_MS);
    await eventually(() => text().includes('Paperwire is at it'));
    const next = createHome({ ...scene.dependencies, forms: scene.forms });
    const event = { type: 'app_home_opened', user: scene.grace.id, tab: 'home' };
    await next.onOpened({ team_id: scene.fake.team.id, event });
    expect(text()).not.toContain('Paperwire is at it');
    resolve();
    await eventually(() => text().includes('ℹ️ 2026-11-22'));
  });
});
