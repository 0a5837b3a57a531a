-- Stands before the scripts that change what can change the owner of a delivery other than settling: claims, and a group made anew.
-- The epoch is the time, in microseconds, and not a count: a server that lost the last changes, by a failover or a restart, would come to the same counts again,
-- and trust who has lost its lease since. It grows, whatever the clock does.
local function advance(meta)
  local time = redis.call('TIME')
  local epoch = math.max((tonumber(redis.call('HGET', meta, 'epoch') or '0')) + 1, time[1] * 1000000 + time[2])
  redis.call('HSET', meta, 'epoch', string.format('%.0f', epoch))
end
