import { RedisScript } from '../stores/redis/redis-script.js';

/** KEYS: the jobs. ARGV, for each job: the lock's token, the progress. */
export const WRITE_PROGRESS = new RedisScript(
  'queue.write-progress',
  `
local written = {}
for i = 1, #KEYS do
  local is_own = redis.call('GET', KEYS[i] .. ':lock') == ARGV[2 * i - 1]
  if is_own then redis.call('HSET', KEYS[i], 'progress', ARGV[2 * i]) end
  written[#written + 1] = is_own and 1 or 0
end
return written`,
);

/** KEYS: the job, and the sets and lists of what waits. ARGV: the job's id. */
export const TAKE_BACK = `
local taken = redis.call('LREM', KEYS[2], 1, ARGV[1]) + redis.call('LREM', KEYS[3], 1, ARGV[1])
  + redis.call('ZREM', KEYS[4], ARGV[1]) + redis.call('ZREM', KEYS[5], ARGV[1])
if taken > 0 then redis.call('DEL', KEYS[1], KEYS[1] .. ':logs') end
return taken`;

/** KEYS: the job. ARGV: how often it had been taken up, the mark, the progress without it. */
export const UNMARK = `
local job = redis.call('HMGET', KEYS[1], 'ats', 'progress')
if job[1] ~= ARGV[1] or job[2] ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], 'progress', ARGV[3])
return 1`;

/** KEYS: the set of what failed, the job, and what BullMQ keeps beside a job. ARGV: the job's id, the call. */
export const REMOVE_FAILED = `
local data = redis.call('ZSCORE', KEYS[1], ARGV[1]) and redis.call('HGET', KEYS[2], 'data')
local once = data and cjson.decode(data).once
if not once or once.call ~= ARGV[2] then return 0 end
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('DEL', unpack(KEYS, 2))
return 1`;
/** What BullMQ's keys of a job end in. */
export const BESIDE_A_JOB = ['', ':logs', ':dependencies', ':processed', ':failed', ':unsuccessful'];
