import type { Command } from '../../src/command.ts';
import { createDecisionCommand } from './delivery.ts';

export const deliveryDismiss: Command = createDecisionCommand(
  'dismiss',
  async (deliveries, { place, signal }, id) => await deliveries.dismiss(place, id, signal),
);
