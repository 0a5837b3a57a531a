-- Deletes tasks that are held or ready, a portion a call. What is in workers' hands is not touched.
-- KEYS: stream, due, tasks
-- ARGV: group, most to delete, outcome channel prefix
-- Returns: how many were deleted; 0 when there are none left.
local purged = {}
local most = tonumber(ARGV[2])
for _, id in ipairs(redis.call('ZRANGE', KEYS[2], 0, most - 1)) do
  redis.call('ZREM', KEYS[2], id)
  purged[#purged + 1] = id
end
local delivered = '0-0'
local groups = redis.pcall('XINFO', 'GROUPS', KEYS[1])
if not groups.err then
  for _, group in ipairs(groups) do
    if group[2] == ARGV[1] then
      delivered = group[8]
    end
  end
end
if #purged < most then
  for _, entry in ipairs(redis.call('XRANGE', KEYS[1], '(' .. delivered, '+', 'COUNT', most - #purged)) do
    redis.call('XDEL', KEYS[1], entry[1])
    purged[#purged + 1] = entry[2][2]
  end
end
for _, id in ipairs(purged) do
  redis.call('HDEL', KEYS[3], id)
  redis.call('PUBLISH', ARGV[3] .. id, '0')
end
return #purged
