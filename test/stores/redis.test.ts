import { testStore } from '../contracts/store.ts';
import { describeWith } from '../servers/index.ts';
import { redis } from './subjects-redis.ts';

describeWith('redis', 'the store on Redis', () => {
  testStore(redis);
});
