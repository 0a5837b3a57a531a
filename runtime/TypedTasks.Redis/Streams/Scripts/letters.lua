-- A page of the dead letters, oldest first.
-- KEYS: dead, letters
-- ARGV: the order number after which to start, how many
-- Returns: order number, id and content of each.
local page = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. ARGV[1], '+inf', 'WITHSCORES', 'LIMIT', 0, ARGV[2])
local letters = {}
for at = 1, #page, 2 do
  letters[#letters + 1] = { page[at + 1], page[at], redis.call('HGET', KEYS[2], page[at]) }
end
return letters
