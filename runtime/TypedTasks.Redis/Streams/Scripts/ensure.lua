-- Makes sure that a lane has its stream and group, and says how it stands.
-- KEYS: stream, meta, paused
-- ARGV: group, lease of the consumer in ms (0 for none)
-- Returns: whether the group was made, the epoch, whether the queue is paused.
-- Behind epoch.lua.
-- The first write changes nothing: a script whose first write was allowed may go on when memory is full. A worker that starts then is who makes room.
redis.call('HDEL', KEYS[2], '')
local made = redis.pcall('XGROUP', 'CREATE', KEYS[1], ARGV[1], '0', 'MKSTREAM')
if made.err then
  if string.sub(made.err, 1, 9) ~= 'BUSYGROUP' then
    return made
  end
else
  advance(KEYS[2])
end
local lease = tonumber(ARGV[2])
if lease > 0 then
  -- The shortest lease of any consumer: what a sweep has to look for.
  local shortest = tonumber(redis.call('HGET', KEYS[2], 'lease') or '0')
  if shortest == 0 or lease < shortest then
    redis.call('HSET', KEYS[2], 'lease', lease)
  end
end
return { made.err and 0 or 1, redis.call('HGET', KEYS[2], 'epoch') or '', redis.call('EXISTS', KEYS[3]) }
