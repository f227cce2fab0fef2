import { describe, expect, it } from 'vitest';
import type { Invocation } from '../../../../src/command.ts';
import { CardRejectedError, DeliveryUnavailableError, StoreError } from '../../../../src/errors.ts';
import { textsFor } from '../../../../src/texts/index.ts';
import { aPaper } from '../../../fixtures/papers.ts';
import { labelsOf, openAnswering, words } from './answering-scene.ts';
import { ACTION, SHARE, WHERE } from './said.ts';

describe('what goes wrong', () => {
  it('with an answer is told in the log once', async () => {
    const error = new DeliveryUnavailableError('lost', { ...WHERE, mayHaveArrived: true });
    const scene = openAnswering({ respond: () => Promise.reject(error) });
    const { steps } = await scene.slash('today');
    expect(steps).toEqual(['ack', 'respond']);
    expect(scene.logged(40)).toHaveLength(1);
  });

  it('with a message that Slack does not take ends in a sentence', async () => {
    const error = new CardRejectedError('no', { ...WHERE, limit: 'status 400' });
    const scene = openAnswering({
      respond: ({ blocks }) => (blocks === undefined ? Promise.resolve() : Promise.reject(error)),
    });
    const { responses } = await scene.slash('today');
    expect(responses).toMatchObject([{ text: textsFor(undefined).slackAnswers.tooBig }]);
    expect(scene.logged(50)).toHaveLength(1);
  });

  it('with a payload, or before a command is reached, is told in the log, and said', async () => {
    const scene = openAnswering();
    const { told, happened } = scene.tell({ nothing: true });
    await scene.answering.onPress(told);
    expect(happened.steps).toEqual(['ack', 'respond']);
    const installer = () => Promise.reject(new StoreError('get'));
    const places = { ...scene.dependencies.places, installer };
    const closed = openAnswering({ dependencies: { places } });
    const { responses } = await closed.slash('today');
    expect(JSON.stringify(responses)).toContain(textsFor(undefined).gateway.away);
    expect(closed.logged(50)).toHaveLength(1);
    expect(scene.logged(50)).toHaveLength(1);
  });

  it('at the end is waited for, then ended', async () => {
    const run = ({ signal }: Invocation) =>
      new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    const scene = openAnswering({ run });
    const asked = scene.slash('today');
    await scene.answering.stop(0);
    expect((await asked).steps).toEqual(['ack']);
    expect((await scene.slash('today')).steps).toEqual([]);
    expect(scene.logged(50)).toEqual([]);
  });
});

it('shows nothing that Slack would not take of a real list', async () => {
  const entries = Array.from({ length: 10 }, (_, index) => ({
    number: index + 1,
    paper: aPaper({ id: `2601.0000${index}`, title: 'Agents & <models> *of* `code`' }),
  }));
  const cards = [
    { kind: 'list' as const, title: 'Today', sections: [{ entries }], notes: [], actions: [ACTION] },
  ];
  const scene = openAnswering({ run: () => words('', { cards }) });
  const { responses } = await scene.slash('today');
  expect(responses).toHaveLength(1);
  expect(labelsOf(responses[0] ?? {})).toEqual(expect.arrayContaining(['More', SHARE]));
  expect(scene.problems).toEqual([]);
});
