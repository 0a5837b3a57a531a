-- Settles deliveries. Each is first taken from the pending ones of its owner, and only then recorded: so settling also works when
-- memory is full, because a script whose first write was allowed may go on.
-- KEYS: stream, due, tasks, meta, dead (order of the dead letters), letters (their contents), waiting, then one outcome key for each C and D
-- ARGV: group, consumer, epoch, outcome channel prefix, wake channel, then for each settlement a head, its entry and its id, and
--   N: nothing                                    complete, and keep nothing
--   C: keep ms, record                            complete
--   D: keep ms, record, note                      dead-letter
--   R: attempts, delay ms                         retry
--   L: attempts                                   release
-- A head is the letter, the state in which the task ends (0 for none), '/' and the number of deliveries: few strings, because each costs.
-- Returns: one character a settlement (1 done, 0 lease lost), and the epoch.
-- The owner check: nobody but a claim can change an owner, and every claim changes the epoch. While the epoch is the one that was seen
-- before the deliveries were read, a delivery is its holder's for as long as its entry is there, and one XACK does for all; otherwise each
-- one's owner and number of deliveries must be the same.
local stream, due, tasks, group = KEYS[1], KEYS[2], KEYS[3], ARGV[1]
local length = { N = 3, C = 5, D = 6, R = 5, L = 4 }
local epoch = redis.call('HGET', KEYS[4], 'epoch') or ''
local waited = redis.call('EXISTS', KEYS[7]) == 1
local starts, entries, owned = {}, {}, {}
local at = 6
while ARGV[at] do
  starts[#starts + 1] = at
  entries[#entries + 1] = ARGV[at + 1]
  at = at + length[string.sub(ARGV[at], 1, 1)]
end

if epoch ~= '' and epoch == ARGV[3] then
  local all = redis.call('XACK', stream, group, unpack(entries)) == #entries
  for number, entry in ipairs(entries) do
    owned[number] = all or redis.call('XRANGE', stream, entry, entry)[1] ~= nil
  end
else
  for number, entry in ipairs(entries) do
    local pending = redis.call('XPENDING', stream, group, entry, entry, 1, ARGV[2])[1]
    owned[number] = pending and pending[4] == tonumber(string.sub(ARGV[starts[number]], 4)) and redis.call('XACK', stream, group, entry) == 1
  end
end

local time
local function now()
  if not time then
    local parts = redis.call('TIME')
    time = parts[1] * 1000 + math.floor(parts[2] / 1000)
  end
  return time
end

local function envelope(entry)
  local fields = redis.call('XRANGE', stream, entry, entry)[1]
  return fields and fields[2][4]
end

local function ready(id, bytes, attempts)
  local entry = redis.call('XADD', stream, '*', 'i', id, 'e', bytes, 'a', attempts)
  redis.call('HSET', tasks, id, 's' .. entry .. ':' .. attempts)
end

local function ended(id, state, record)
  if waited then
    redis.call('PUBLISH', ARGV[4] .. id, state .. record)
  end
end

local done, gone, forgotten = {}, {}, {}
local outcome = 8
for number, entry in ipairs(entries) do
  local at = starts[number]
  local head, id, mine = ARGV[at], ARGV[at + 2], owned[number]
  local kind = string.sub(head, 1, 1)
  if mine then
    gone[#gone + 1] = entry
  end
  if kind == 'N' then
    if mine then
      forgotten[#forgotten + 1] = id
      ended(id, string.sub(head, 2, 2), '')
    end
  elseif kind == 'C' or kind == 'D' then
    local keep, record, key = ARGV[at + 3], ARGV[at + 4], KEYS[outcome]
    -- The state comes first, for those who read it; the rest tells one settlement from another.
    local header = string.sub(head, 2) .. '@' .. entry .. '@' .. ARGV[3] .. ';'
    outcome = outcome + 1
    if mine then
      local state = string.sub(head, 2, 2)
      if kind == 'C' then
        forgotten[#forgotten + 1] = id
      else
        local note = ARGV[at + 5]
        redis.call('HSET', KEYS[6], id, #note .. ':' .. note .. (envelope(entry) or ''))
        redis.call('ZADD', KEYS[5], redis.call('HINCRBY', KEYS[4], 'letters', 1), id)
        redis.call('HSET', tasks, id, 'd' .. state)
      end
      if keep ~= '0' then
        redis.call('SET', key, header .. record, 'PX', keep)
      end
      ended(id, state, keep ~= '0' and record or '')
    else
      -- Settled already, by an earlier try whose answer was lost?
      mine = redis.call('GETRANGE', key, 0, #header - 1) == header
    end
  elseif mine then
    local bytes = envelope(entry)
    if bytes and kind == 'R' and tonumber(ARGV[at + 4]) > 0 then
      redis.call('ZADD', due, string.format('%.0f', now() + 1 + ARGV[at + 4]), id)
      redis.call('HSET', tasks, id, 'h' .. ARGV[at + 3] .. ':' .. bytes)
      if redis.call('ZRANGE', due, 0, 0)[1] == id then
        redis.call('PUBLISH', ARGV[5], 'due')
      end
    elseif bytes then
      ready(id, bytes, ARGV[at + 3])
    end
  end
  done[number] = mine and '1' or '0'
end
if #gone > 0 then
  redis.call('XDEL', stream, unpack(gone))
end
if #forgotten > 0 then
  redis.call('HDEL', tasks, unpack(forgotten))
end
return { table.concat(done), epoch }
