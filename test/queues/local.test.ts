import { testQueue } from '../contracts/queue.ts';
import { local } from './subjects.ts';

testQueue(local);
