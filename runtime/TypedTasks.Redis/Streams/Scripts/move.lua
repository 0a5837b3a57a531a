-- Moves held tasks whose time has come into the stream, by the clock of the server.
-- KEYS: stream, due, tasks, paused
-- ARGV: most to move
-- Returns: how many were moved, milliseconds until the next is due (-1 for none), whether the queue is paused.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local ids = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now, 'LIMIT', 0, ARGV[1])
if #ids > 0 then
  -- Changes nothing, and lets the rest be written when memory is full: what is due would hold the memory for ever.
  redis.call('ZREM', KEYS[2], '')
end
for _, id in ipairs(ids) do
  local attempts, envelope = string.match(redis.call('HGET', KEYS[3], id) or '', '^h(%d+):(.*)$')
  if envelope then
    local entry
    if attempts == '0' then
      entry = redis.call('XADD', KEYS[1], '*', 'i', id, 'e', envelope)
    else
      entry = redis.call('XADD', KEYS[1], '*', 'i', id, 'e', envelope, 'a', attempts)
    end
    redis.call('HSET', KEYS[3], id, 's' .. entry .. ':' .. attempts)
  end
  redis.call('ZREM', KEYS[2], id)
end
local next = redis.call('ZRANGE', KEYS[2], 0, 0, 'WITHSCORES')
return { #ids, next[2] and math.max(0, tonumber(next[2]) - now) or -1, redis.call('EXISTS', KEYS[4]) }
