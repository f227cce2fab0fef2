import type { Command } from '../../src/command.ts';
import { answer } from '../cards.ts';
import { deliveriesCard } from './delivery.ts';

export const deliveryList: Command = {
  name: 'delivery list',
  summary: 'Show messages that are not out, or that may have arrived and nobody can tell',
  options: [],
  audience: 'manager',
  example: 'delivery list',
  async run({ place }, { deliveries }) {
    const open = await deliveries.list(place);
    return answer([deliveriesCard(open)], open);
  },
};
