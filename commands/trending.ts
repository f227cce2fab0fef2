import type { Command } from '../src/command.ts';
import { createListingCommand } from './listing.ts';

export const trending: Command = createListingCommand('trending', { name: 'trending', example: 'trending' });
