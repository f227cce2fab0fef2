import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SECOND_MS } from '../../../../src/domain/calendar.ts';
import { StoreError } from '../../../../src/errors.ts';
import { textsFor } from '../../../../src/texts/index.ts';
import { type View, viewText } from '../../../fakes/slack/index.ts';
import { eventually, openPeople, type PeopleScene } from '../people-scene.ts';

let scene: PeopleScene;
let view: View;
beforeEach(async () => {
  scene = await openPeople();
  const answer = await scene.grace.slash(scene.channel, '/paper feed add');
  view = await answer.whenView();
});
afterEach(async () => {
  expect(await scene.close()).toEqual([]);
});

const SAY = textsFor(undefined);
const CLOSED = new StoreError('read', { key: 'installations:slack:T1' });

/** From now on nobody can tell who installed us, and so who manages; `when` that is known. Out: how often it was asked. */
function breakCallers(when: Promise<unknown> = Promise.resolve()): () => number {
  let times = 0;
  scene.dependencies.places.installer = async () => {
    times += 1;
    await when;
    throw CLOSED;
  };
  return () => times;
}

describe('a form that comes to nothing, whatever broke', () => {
  it('keeps what was typed, and says why, where nobody can tell who sent it', async () => {
    breakCallers();
    const answer = await scene.grace.submit(view, { limit: '7' });
    expect(Object.values(answer.errors)).toEqual([SAY.host.storeClosed]);
    expect(answer.modal).toBe(view);
  });

  it('says why later, where it took too long', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const asked = breakCallers(promise);
    const submitting = scene.grace.submit(view);
    await eventually(() => asked() === 1);
    scene.clock.advance(2 * SECOND_MS);
    expect(viewText((await submitting).modal)).toContain('Paperwire is at it');
    resolve();
    await eventually(() => viewText(scene.grace.modal).includes(SAY.host.storeClosed));
  });

  it('says that it is our fault where it keeps what no form of ours does', async () => {
    view.privateMetadata = '{';
    const answer = await scene.grace.submit(view);
    expect(Object.values(answer.errors)).toEqual([SAY.host.ourFault]);
  });

  it('says so where the host breaks', async () => {
    scene.host.run = () => Promise.reject(new Error('broken'));
    const answer = await scene.grace.submit(view);
    expect(Object.values(answer.errors)).toEqual([SAY.host.ourFault]);
  });

  it.each(['Preview', 'Join this channel'])('says so after a press: %s', async (button) => {
    const outside = scene.fake.addChannel({ name: 'outside', hasBot: false });
    const channel = button === 'Preview' ? scene.channel : outside;
    const { modal } = await scene.grace.submit(view, { channel });
    breakCallers();
    await scene.grace.press(modal as View, button);
    await eventually(() => viewText(scene.grace.modal).includes(SAY.host.storeClosed));
  });

  it('says so in the window itself where it was opened before it was made', async () => {
    const { promise, reject } = Promise.withResolvers<never>();
    let isAsked = false;
    scene.host.run = () => {
      isAsked = true;
      return promise;
    };
    const opening = scene.grace.slash(scene.channel, '/paper feed add');
    await eventually(() => isAsked);
    scene.clock.advance(SECOND_MS);
    await (await opening).whenView();
    reject(CLOSED);
    await eventually(() => viewText(scene.grace.modal).includes(SAY.host.storeClosed));
  });

  it('offers no time zones where they are not known', async () => {
    scene.host.complete = () => Promise.reject(CLOSED);
    const { options, afterMs } = await scene.grace.suggest(view, 'form:zone', 'new york');
    expect([options, afterMs]).toEqual([[], 0]);
  });
});
