-- Looks for a task that has not ended: first where it is written down, then in the stream itself, a page a call.
-- KEYS: stream, tasks
-- ARGV: group, id, first entry of the page, entries in the page
-- Returns: the state (0 for not found), and, when not found, the entry after which to go on ('' at the end).
-- A task that was published under a fresh id is written down nowhere but in its entry. All others are in the hash:
--   s<entry>:<attempts>    in the stream
--   h<attempts>:<envelope> held until its time
--   d<state>               a dead letter
local function state(entry, attempts)
  local pending = redis.pcall('XPENDING', KEYS[1], ARGV[1], entry, entry, 1)
  if not pending.err and pending[1] then
    return 2
  end
  return attempts > 0 and 3 or 1
end
local known = redis.call('HGET', KEYS[2], ARGV[2])
if known then
  local kind = string.sub(known, 1, 1)
  if kind == 's' then
    local entry, attempts = string.match(known, '^s([%d%-]+):(%d+)$')
    return { state(entry, tonumber(attempts)), '' }
  end
  if kind == 'h' then
    return { string.sub(known, 1, 3) == 'h0:' and 1 or 3, '' }
  end
  return { tonumber(string.sub(known, 2)), '' }
end
local page = redis.call('XRANGE', KEYS[1], ARGV[3], '+', 'COUNT', ARGV[4])
for _, entry in ipairs(page) do
  if entry[2][2] == ARGV[2] then
    return { state(entry[1], tonumber(entry[2][6] or '0')), '' }
  end
end
return { 0, #page < tonumber(ARGV[4]) and '' or page[#page][1] }
