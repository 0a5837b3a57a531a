-- Replaces a state value if its revision is still the expected one.
-- KEYS: key
-- ARGV: revision, time to live in ms (0 for ever), bytes, expected revision
-- Returns: 1 when written, else the value that stands in the way, or false for none.
local current = redis.call('GET', KEYS[1])
if not current or string.sub(current, 1, #ARGV[4] + 1) ~= ARGV[4] .. ':' then
  return current
end
-- First deleted, so that writing is allowed when memory is full: see state-create.lua.
redis.call('DEL', KEYS[1])
if ARGV[2] == '0' then
  redis.call('SET', KEYS[1], ARGV[1] .. ':' .. ARGV[3])
else
  redis.call('SET', KEYS[1], ARGV[1] .. ':' .. ARGV[3], 'PX', ARGV[2])
end
return 1
