import { expect, it } from 'vitest';
import { z } from 'zod';
import { mayHaveArrived, readAnswer } from '../src/arrival.ts';
import { DeliveryUnavailableError } from '../src/errors.ts';

it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])(
  'a request that broke by %s did not arrive',
  (code) => {
    expect(mayHaveArrived(code)).toBe(false);
  },
);

it.each(['ECONNRESET', 'UND_ERR_HEADERS_TIMEOUT', 'EPIPE', 408, undefined])(
  'one that broke by %s may have',
  (code) => {
    expect(mayHaveArrived(code)).toBe(true);
  },
);

it('an answer is read, or it is of a form that is not known, and the request did arrive', () => {
  const schema = z.object({ id: z.string() });
  const answerer = { platform: 'discord', name: 'Discord', channel: '1' } as const;
  expect(readAnswer(schema, { id: 'a', more: 1 }, answerer)).toEqual({ id: 'a' });
  let failure: unknown;
  try {
    readAnswer(schema, { id: 1 }, answerer);
  } catch (error) {
    failure = error;
  }
  expect(failure).toBeInstanceOf(DeliveryUnavailableError);
  expect(failure).toMatchObject({
    message: 'Discord answered in a form that is not known.',
    platform: 'discord',
    channel: '1',
    mayHaveArrived: true,
    cause: expect.any(z.ZodError),
  });
});
