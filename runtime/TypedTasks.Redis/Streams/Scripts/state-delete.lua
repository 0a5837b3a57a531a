-- Deletes a state value if its revision is still the expected one.
-- KEYS: key
-- ARGV: expected revision
-- Returns: 1 when deleted, else 0.
local revision = redis.call('GETRANGE', KEYS[1], 0, #ARGV[1])
if revision ~= ARGV[1] .. ':' then
  return 0
end
return redis.call('DEL', KEYS[1])
