-- Deletes a dead letter. The outcome of the task stays for its time.
-- KEYS: tasks, dead, letters
-- ARGV: id
-- Returns: 1, or 0 when there is no such dead letter.
if redis.call('HDEL', KEYS[3], ARGV[1]) == 0 then
  return 0
end
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('HDEL', KEYS[1], ARGV[1])
return 1
