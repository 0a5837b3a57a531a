-- Writes a state value if there is none. A value is its revision, ':' and the bytes.
-- KEYS: key
-- ARGV: revision, time to live in ms (0 for ever), bytes
-- Returns: false when written, else the value that stands in the way.
local current = redis.call('GET', KEYS[1])
if current then
  return current
end
-- There is nothing to delete; but a script whose first write was allowed may go on when memory is full, and without keys and effects no worker can make room.
redis.call('DEL', KEYS[1])
if ARGV[2] == '0' then
  redis.call('SET', KEYS[1], ARGV[1] .. ':' .. ARGV[3])
else
  redis.call('SET', KEYS[1], ARGV[1] .. ':' .. ARGV[3], 'PX', ARGV[2])
end
return false
