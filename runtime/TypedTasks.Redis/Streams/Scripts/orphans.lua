-- Brings back entries that were delivered and are nobody's: XGROUP DELCONSUMER throws its pending ones away, and they would stay for ever.
-- KEYS: stream, tasks
-- ARGV: group, first entry to look at, entries to look at
-- Returns: how many were brought back, and the entry after which to go on ('' at the end).
-- What was delivered and settled is deleted, so all entries up to the last delivered one are in somebody's hands, or lost like this.
local delivered
local groups = redis.pcall('XINFO', 'GROUPS', KEYS[1])
if not groups.err then
  for _, group in ipairs(groups) do
    if group[2] == ARGV[1] then
      delivered = group[8]
    end
  end
end
if not delivered or delivered == '0-0' then
  return { 0, '' }
end
local page = redis.call('XRANGE', KEYS[1], ARGV[2], delivered, 'COUNT', ARGV[3])
local found = 0
for _, entry in ipairs(page) do
  if not redis.call('XPENDING', KEYS[1], ARGV[1], entry[1], entry[1], 1)[1] then
    local fields = entry[2]
    -- It was delivered once at least, and nobody knows what became of that: it counts, like a crash.
    local attempts = tonumber(fields[6] or '0') + 1
    redis.call('XDEL', KEYS[1], entry[1])
    local again = redis.call('XADD', KEYS[1], '*', 'i', fields[2], 'e', fields[4], 'a', attempts)
    redis.call('HSET', KEYS[2], fields[2], 's' .. again .. ':' .. attempts)
    found = found + 1
  end
end
return { found, #page < tonumber(ARGV[3]) and '' or page[#page][1] }
