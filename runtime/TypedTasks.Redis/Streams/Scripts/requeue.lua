-- Puts a dead letter back into its lane, as a first attempt.
-- KEYS: stream, tasks, dead, letters, outcome
-- ARGV: id
-- Returns: 1, or 0 when there is no such dead letter.
local letter = redis.call('HGET', KEYS[4], ARGV[1])
if not letter then
  return 0
end
-- Changes nothing, and lets the rest be written when memory is full: the letter leaves what the task takes.
redis.call('ZREM', KEYS[3], '')
local length, start = string.match(letter, '^(%d+):()')
local entry = redis.call('XADD', KEYS[1], '*', 'i', ARGV[1], 'e', string.sub(letter, start + tonumber(length)))
redis.call('HSET', KEYS[2], ARGV[1], 's' .. entry .. ':0')
redis.call('HDEL', KEYS[4], ARGV[1])
redis.call('ZREM', KEYS[3], ARGV[1])
redis.call('DEL', KEYS[5])
return 1
