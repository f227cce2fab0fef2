import type { Command } from '../../src/command.ts';
import { textsFor } from '../../src/texts/index.ts';
import { answer } from '../cards.ts';
import { createCommand } from '../command.ts';
import { deliveriesCard } from './delivery.ts';

export const deliveryList: Command = createCommand({
  name: 'delivery list',
  options: [],
  audience: 'manager',
  isReading: true,
  example: 'delivery list',
  async run({ place, locale }, { deliveries }) {
    const open = await deliveries.list(place);
    return answer([deliveriesCard(open, '/paper ', textsFor(locale))], open);
  },
});
