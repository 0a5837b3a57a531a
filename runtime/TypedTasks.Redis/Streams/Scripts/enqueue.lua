-- Publishes a task with every check: duplicate, room, time.
-- KEYS: stream, due, tasks, outcome
-- ARGV: id, most tasks in the lane (0 for a task that follows one in hand, and asks for no room), not before (ms, 0 for at once), whether the id is fresh (1 or 0), wake channel, envelope
-- Returns: room left in the lane, or -1 for a duplicate, or -2 for a full lane.
local fresh = ARGV[4] == '1'
if not fresh and (redis.call('HEXISTS', KEYS[3], ARGV[1]) == 1 or redis.call('EXISTS', KEYS[4]) == 1) then
  return -1
end
local room = 1
if ARGV[2] == '0' then
  -- Changes nothing, and lets the rest be written when memory is full: the task that this one follows leaves what it takes.
  redis.call('ZREM', KEYS[2], '')
else
  room = tonumber(ARGV[2]) - redis.call('XLEN', KEYS[1]) - redis.call('ZCARD', KEYS[2])
end
if room <= 0 then
  return -2
end
local due = tonumber(ARGV[3])
if due > 0 then
  local time = redis.call('TIME')
  if due > time[1] * 1000 + math.floor(time[2] / 1000) then
    redis.call('ZADD', KEYS[2], due, ARGV[1])
    redis.call('HSET', KEYS[3], ARGV[1], 'h0:' .. ARGV[6])
    if redis.call('ZRANGE', KEYS[2], 0, 0)[1] == ARGV[1] then
      redis.call('PUBLISH', ARGV[5], 'due')
    end
    return room - 1
  end
end
local entry = redis.call('XADD', KEYS[1], '*', 'i', ARGV[1], 'e', ARGV[6])
if not fresh then
  redis.call('HSET', KEYS[3], ARGV[1], 's' .. entry .. ':0')
end
return room - 1
