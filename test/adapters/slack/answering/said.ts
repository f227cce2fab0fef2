import { textsFor } from '../../../../src/texts/index.ts';
import { PAPERS } from './answering-scene.ts';

export const SAY = textsFor(undefined).slackAnswers;
export const SHARE = SAY.share;
export const WHERE = { platform: 'slack', channel: PAPERS };

export const ACTION = { label: 'More', command: 'search', options: { query: 'agents', page: 2 } };
