import type { Command } from '../../src/command.ts';
import { createDecisionCommand } from './delivery.ts';

export const deliveryDismiss: Command = createDecisionCommand(
  'dismiss',
  'Let a message be that was refused or may not have arrived',
  async (deliveries, { place, signal }, id) => await deliveries.dismiss(place, id, signal),
);
