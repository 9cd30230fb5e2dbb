-- Minutes/seal.lua: closes a minute once, with the verdict that was judged from exactly n entries of exactly p planned regions.
-- KEYS: minute hash, due set, shard log, shard sequence, hot, rounds of the shard.
-- ARGV: n, packed verdict, member, minute, 1 when its state is known, time to live of hot (s), p, server when its round is over or ''.
-- Returns {sealed, sequence} when this call sealed, {before, packed verdict} when it was sealed before,
-- {open, region names, packed plan, entry or '' for each region} when n or p is another by now, {gone} when there is no such minute.
-- Cost: O(regions + log of the shard log).
local sealed = redis.call('HGET', KEYS[1], 'sealed')
if sealed then
  redis.call('ZREM', KEYS[2], ARGV[3])
  return { 'before', sealed }
end
local names = redis.call('HGET', KEYS[1], 'r')
if not names then
  redis.call('ZREM', KEYS[2], ARGV[3])
  return { 'gone' }
end
local answer = { 'open', names, redis.call('HGET', KEYS[1], 'p') }
local entries, place = 0, 0
for _ in string.gmatch(names, '[^,]+') do
  local entry = redis.call('HGET', KEYS[1], string.format('%d', place))
  if entry then
    entries = entries + 1
  end
  answer[#answer + 1] = entry or ''
  place = place + 1
end
if entries ~= tonumber(ARGV[1]) or place ~= tonumber(ARGV[7]) then
  return answer
end
-- The verdict holds plan and entries: from here on it alone is kept.
redis.call('HSET', KEYS[1], 'sealed', ARGV[2])
redis.call('HDEL', KEYS[1], 'r')
redis.call('HDEL', KEYS[1], 'p')
redis.call('HDEL', KEYS[1], 'c')
redis.call('HDEL', KEYS[1], 'f')
redis.call('HDEL', KEYS[1], 's')
for i = 0, place - 1 do
  redis.call('HDEL', KEYS[1], string.format('%d', i))
end
redis.call('ZREM', KEYS[2], ARGV[3])
local sequence = string.format('%d', redis.call('INCR', KEYS[4]))
redis.call('ZADD', KEYS[3], sequence, ARGV[3])

-- A minute may be sealed after a later one of its server: what is at hand never goes back.
local minute = tonumber(ARGV[4])
local newest = tonumber(redis.call('HGET', KEYS[5], 'am') or '-1')
local second = tonumber(redis.call('HGET', KEYS[5], 'bm') or '-1')
if minute > newest then
  if newest >= 0 then
    redis.call('HSET', KEYS[5], 'b', redis.call('HGET', KEYS[5], 'a'))
    redis.call('HSET', KEYS[5], 'bm', string.format('%d', newest))
  end
  redis.call('HSET', KEYS[5], 'a', ARGV[2])
  redis.call('HSET', KEYS[5], 'am', ARGV[4])
elseif minute < newest and minute > second then
  redis.call('HSET', KEYS[5], 'b', ARGV[2])
  redis.call('HSET', KEYS[5], 'bm', ARGV[4])
end
if ARGV[5] == '1' and minute > tonumber(redis.call('HGET', KEYS[5], 'km') or '-1') then
  redis.call('HSET', KEYS[5], 'k', ARGV[2])
  redis.call('HSET', KEYS[5], 'km', ARGV[4])
end
redis.call('EXPIRE', KEYS[5], ARGV[6])

-- A minute says nothing about a round that a later one called.
if ARGV[8] ~= '' then
  local round = redis.call('HGET', KEYS[6], ARGV[8])
  if round and tonumber(string.match(round, '^%d+') or '0') <= minute then
    redis.call('HDEL', KEYS[6], ARGV[8])
  end
end
return { 'sealed', sequence }
