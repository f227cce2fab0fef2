// Starts a server and says its process id, for a test that kills it:
//
//   node orphan.ts postgres|redis
//
// The server is frozen, so that it cannot end by itself.
import { startPostgres } from './postgres.ts';
import { startRedis } from './redis.ts';

const server = await (process.argv[2] === 'postgres' ? startPostgres() : startRedis());
server.freeze();
process.stdout.write(`${server.pid}\n`);
setInterval(() => {}, 60_000);
