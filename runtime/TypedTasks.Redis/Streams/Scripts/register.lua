-- Writes a lane down among those that exist.
-- KEYS: lanes
-- ARGV: lane
-- Returns: 1 when it is new, else 0.
-- The first write changes nothing, so that this works when memory is full: see ensure.lua.
redis.call('SREM', KEYS[1], '')
return redis.call('SADD', KEYS[1], ARGV[1])
