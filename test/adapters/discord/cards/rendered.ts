import { expect } from 'vitest';
import type { DiscordPayload } from '../../../../adapters/discord/cards/payload.ts';
import { readLong, readPress } from '../../../../adapters/discord/cards/press.ts';
import { render } from '../../../../adapters/discord/cards/render.ts';
import { commands } from '../../../../commands/index.ts';
import type { Card } from '../../../../src/domain/card.ts';
import { textsFor } from '../../../../src/texts/index.ts';
import { checkMessage } from '../../../discord-checks/check.ts';
import { assertInert } from '../../../discord-checks/inert.ts';
import { allOf, type Component, componentsOf } from '../../../discord-checks/message.ts';

export function good(card: Card, texts = textsFor(undefined)): DiscordPayload[] {
  const messages = render(card, texts);
  for (const { body } of messages) {
    expect(checkMessage(body)).toEqual([]);
    assertInert(body);
  }
  return messages;
}

function all({ body }: DiscordPayload): Component[] {
  return allOf(componentsOf(body));
}

export function kinds(message: DiscordPayload | undefined, kind: number): Component[] {
  return message ? all(message).filter(({ type }) => type === kind) : [];
}

export function presses(message: DiscordPayload | undefined) {
  const ids = message ? all(message).flatMap(({ custom_id: id }) => (typeof id === 'string' ? id : [])) : [];
  const beside = readLong(message?.body.components);
  return ids.map((id) => readPress(id, commands, beside));
}
