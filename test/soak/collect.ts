// Has a program collect its garbage with each SIGUSR2, so that its heap can be looked at without what is garbage already:
// `node --import collect.ts`.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread } from 'node:worker_threads';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
if (isMainThread) process.on('SIGUSR2', () => collect());
