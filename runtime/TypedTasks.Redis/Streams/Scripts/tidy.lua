-- Removes consumers that hold nothing and have been silent: every process start leaves one behind.
-- KEYS: stream
-- ARGV: group, silence in ms
-- Returns: how many were removed.
-- Only those that hold nothing, and seen in the same script: XGROUP DELCONSUMER throws pending entries away.
local consumers = redis.pcall('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])
local removed = 0
if not consumers.err then
  for _, consumer in ipairs(consumers) do
    if consumer[4] == 0 and consumer[6] > tonumber(ARGV[2]) then
      redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], consumer[2])
      removed = removed + 1
    end
  end
end
return removed
