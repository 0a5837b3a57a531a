-- Renews leases: the idle time of each delivery that is still its owner's goes back to zero; its number of deliveries stays.
-- KEYS: stream, meta
-- ARGV: group, consumer, epoch, then entry and deliveries of each
-- Returns: one character a delivery (1 done, 0 lease lost), and the epoch. The owner check is the one of settle.lua.
local epoch = redis.call('HGET', KEYS[2], 'epoch') or ''
local trusted = epoch ~= '' and epoch == ARGV[3]
local done = {}
for at = 4, #ARGV, 2 do
  local owned = trusted
  if not trusted then
    local pending = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[at], ARGV[at], 1, ARGV[2])
    owned = pending[1] and pending[1][4] == tonumber(ARGV[at + 1])
  end
  if owned then
    owned = redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, ARGV[at], 'JUSTID')[1]
  end
  done[#done + 1] = owned and '1' or '0'
end
return { table.concat(done), epoch }
