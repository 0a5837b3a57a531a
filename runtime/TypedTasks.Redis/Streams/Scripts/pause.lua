-- Pauses a queue.
-- KEYS: paused
-- Returns: OK.
-- The first write changes nothing that the second does not, so that this works when memory is full, which may be why somebody pauses: see ensure.lua.
redis.call('DEL', KEYS[1])
return redis.call('SET', KEYS[1], '1')
