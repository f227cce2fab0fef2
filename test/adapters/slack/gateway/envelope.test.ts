import { describe, expect, it } from 'vitest';
import { envelopeSchema } from '../../../../adapters/slack/gateway/envelope.ts';

const EVENT = { type: 'reaction_added', user: 'U1' };

describe('the workspace in which an event is heard', () => {
  it.each([
    ['that authorised us, in a channel of several', [{ team_id: 'T2', enterprise_id: null }], 'T2'],
    ['of the envelope, where none is named', undefined, 'T1'],
    ['of the envelope, where the list is empty', [], 'T1'],
    ['of the envelope, for an organisation', [{ team_id: null }], 'T1'],
  ])('is the one %s', (_name, authorizations, expected) => {
    const envelope = { team_id: 'T1', event_id: 'Ev1', event: EVENT, authorizations };
    expect(envelopeSchema.parse(envelope)).toMatchObject({
      team_id: expected,
      event_id: 'Ev1',
      event: EVENT,
    });
  });
});
