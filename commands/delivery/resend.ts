import type { Command } from '../../src/command.ts';
import { createDecisionCommand } from './delivery.ts';

export const deliveryResend: Command = createDecisionCommand(
  'resend',
  'Send a message again that was refused or may not have arrived',
  async (deliveries, { place, signal }, id) => await deliveries.resend(place, id, signal),
);
