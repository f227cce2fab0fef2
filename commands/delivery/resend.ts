import type { Command } from '../../src/command.ts';
import { createDecisionCommand } from './delivery.ts';

export const deliveryResend: Command = createDecisionCommand(
  'resend',
  async (deliveries, { place, signal }, id) => await deliveries.resend(place, id, signal),
);
