-- Takes deliveries over whose lease ran out. The lease is the holder's own: its name ends in '|' and the milliseconds.
-- KEYS: stream, meta
-- ARGV: group, consumer, lease of a holder that does not say, first entry to look at, most to take, entries to look at
-- Returns: the entry after which to go on ('' at the end), the epoch, and entry, deliveries and fields of each taken one.
-- Behind epoch.lua.
local shortest = redis.call('HGET', KEYS[2], 'lease') or ARGV[3]
local pending = redis.call('XPENDING', KEYS[1], ARGV[1], 'IDLE', shortest, ARGV[4], '+', ARGV[6])
local most, taken, last = tonumber(ARGV[5]), {}, ''
for _, one in ipairs(pending) do
  if #taken >= most then
    break
  end
  local lease = tonumber(string.match(one[2], '|(%d+)$') or ARGV[3])
  if one[3] >= lease then
    local entry = redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], lease, one[1])[1]
    if entry then
      taken[#taken + 1] = { one[1], one[4] + 1, entry[2] }
    end
  end
  last = one[1]
end
if #taken > 0 then
  advance(KEYS[2])
end
return { #pending < tonumber(ARGV[6]) and #taken < most and '' or last, redis.call('HGET', KEYS[2], 'epoch') or '', taken }
