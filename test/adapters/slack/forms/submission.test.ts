import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSubmit, type Sent, type Submit } from '../../../../adapters/slack/forms/submission.ts';
import type { Host } from '../../../../src/adapter.ts';
import { openPeople, type PeopleScene } from '../people-scene.ts';

let scene: PeopleScene;
beforeEach(async () => {
  scene = await openPeople();
});
afterEach(async () => {
  expect(await scene.close()).toEqual([]);
});

/** Another process with the same store. */
function process(run: Host['run'] = scene.host.run): Submit {
  return createSubmit({ ...scene.dependencies, host: { run } });
}

/** What a manager has sent, in a view that stays while it is refused. */
function sent(values: Sent['values'], id = 'V1'): Sent {
  const channel = scene.channel.id;
  const place = { platform: 'slack' as const, workspace: scene.fake.team.id, channel };
  const member = { id: scene.grace.id, isManager: true };
  return { caller: { place, member }, about: { channel }, view: { id }, values: { channel, ...values } };
}

describe('a form that is sent again', () => {
  it('is saved where the process that had it died before it saved', async () => {
    void process(() => new Promise(() => {}))(sent({ time: '10:00' }));
    expect(await process()(sent({ time: '10:00' }))).toMatchObject({ kind: 'done' });
    expect(await scene.feeds()).toMatchObject([{ time: '10:00' }]);
  });

  it('adds nothing where the process that had it died after it saved, and is as it was sent last', async () => {
    await process()(sent({ time: '10:00' }));
    expect(await process()(sent({ time: '11:00', limit: 5 }))).toMatchObject({ kind: 'done' });
    expect(await scene.feeds()).toMatchObject([{ time: '11:00', limit: 5 }]);
  });

  it('adds one feed where two processes have it at once', async () => {
    const outcomes = await Promise.all([process()(sent({})), process()(sent({}))]);
    expect(outcomes).toMatchObject([{ kind: 'done' }, { kind: 'done' }]);
    expect(await scene.feeds()).toHaveLength(1);
  });

  it('is looked at anew where it was refused, in whatever process', async () => {
    const wrong = sent({ time: 'noon' });
    for (const submit of [process(), process()])
      expect(await submit(wrong)).toMatchObject({ kind: 'refused', option: 'time' });
    expect(await process()(sent({ time: '12:00' }))).toMatchObject({ kind: 'done' });
  });

  it('adds another feed where it is another form', async () => {
    await process()(sent({}));
    await process()(sent({}, 'V2'));
    expect(await scene.feeds()).toHaveLength(2);
  });
});
