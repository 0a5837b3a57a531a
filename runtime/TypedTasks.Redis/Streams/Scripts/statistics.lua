-- What a lane holds.
-- KEYS: stream, due, dead, paused
-- ARGV: group
-- Returns: entries, pending entries, held tasks, dead letters, whether the queue is paused, the oldest entry not yet delivered ('' for none).
local pending, oldest = 0, ''
local groups = redis.pcall('XINFO', 'GROUPS', KEYS[1])
if not groups.err then
  for _, group in ipairs(groups) do
    if group[2] == ARGV[1] then
      pending = group[6]
      local next = redis.call('XRANGE', KEYS[1], '(' .. group[8], '+', 'COUNT', 1)[1]
      oldest = next and next[1] or ''
    end
  end
end
return { redis.call('XLEN', KEYS[1]), pending, redis.call('ZCARD', KEYS[2]), redis.call('ZCARD', KEYS[3]), redis.call('EXISTS', KEYS[4]), oldest }
