-- Minutes/seal.lua: closes a minute once, with the verdict that was judged from exactly n entries of exactly p planned regions.
-- KEYS: minute hash, due set, shard log, shard sequence, hot, rounds of the shard.
-- ARGV: n, packed verdict, member, minute, 1 when its state is known, time to live of hot (s), p, server when its round is over or '',
-- time to live of the sealed hash (s), how many minutes the log holds what no reader has passed.
-- Returns {sealed, sequence} when this call sealed, {before, packed verdict} when it was sealed before,
-- {open, region names, packed plan, entry or '' for each region} when n or p is another by now, {gone} when there is no such minute.
-- Cost: O(regions + log of the shard log), nine commands.
local fields, known = redis.call('HGETALL', KEYS[1]), {}
for i = 1, #fields, 2 do
  known[fields[i]] = fields[i + 1]
end
if known['sealed'] then
  redis.call('ZREM', KEYS[2], ARGV[3])
  return { 'before', known['sealed'] }
end
if not known['r'] then
  redis.call('ZREM', KEYS[2], ARGV[3])
  return { 'gone' }
end
local answer = { 'open', known['r'], known['p'] }
local entries, place = 0, 0
for _ in string.gmatch(known['r'], '[^,]+') do
  local entry = known[string.format('%d', place)]
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
local before = {}
for field in pairs(known) do
  before[#before + 1] = field
end
redis.call('HDEL', KEYS[1], unpack(before))
redis.call('EXPIRE', KEYS[1], ARGV[9])
redis.call('ZREM', KEYS[2], ARGV[3])
local place = redis.call('INCR', KEYS[4])
local sequence = string.format('%d', place)
-- The log holds the verdict itself: its readers need not ask for every minute's hash.
redis.call('ZADD', KEYS[3], sequence, ARGV[3] .. ':' .. ARGV[2])

-- Nobody reads: the log must not grow for ever. Looked at now and then, twice as much as has come meanwhile.
if place % 64 == 0 then
  local oldest = tonumber(ARGV[4]) - tonumber(ARGV[10])
  local function isOver(member)
    return (tonumber(string.match(member, '^%d+:(%d+)')) or oldest) < oldest
  end
  local first = redis.call('ZRANGE', KEYS[3], 0, 0)
  if first[1] and isOver(first[1]) then
    for _, member in ipairs(redis.call('ZRANGE', KEYS[3], 0, 127)) do
      if isOver(member) then
        redis.call('ZREM', KEYS[3], member)
      end
    end
  end
end

-- A minute may be sealed after a later one of its server: what is at hand never goes back.
local minute = tonumber(ARGV[4])
local hot = redis.call('HMGET', KEYS[5], 'am', 'bm', 'km', 'a')
local newest, second = tonumber(hot[1] or '-1'), tonumber(hot[2] or '-1')
local changes = {}
if minute > newest then
  if newest >= 0 then
    changes = { 'b', hot[4], 'bm', hot[1] }
  end
  changes[#changes + 1] = 'a'
  changes[#changes + 1] = ARGV[2]
  changes[#changes + 1] = 'am'
  changes[#changes + 1] = ARGV[4]
elseif minute < newest and minute > second then
  changes = { 'b', ARGV[2], 'bm', ARGV[4] }
end
if ARGV[5] == '1' and minute > tonumber(hot[3] or '-1') then
  changes[#changes + 1] = 'k'
  changes[#changes + 1] = ARGV[2]
  changes[#changes + 1] = 'km'
  changes[#changes + 1] = ARGV[4]
end
if #changes > 0 then
  redis.call('HSET', KEYS[5], unpack(changes))
end
-- Whoever opens a minute lets hot live on; but it may have been deleted with its server since.
if not hot[1] then
  redis.call('EXPIRE', KEYS[5], ARGV[6])
end

-- A minute says nothing about a round that a later one called.
if ARGV[8] ~= '' then
  local round = redis.call('HGET', KEYS[6], ARGV[8])
  if round and tonumber(string.match(round, '^%d+') or '0') <= minute then
    redis.call('HDEL', KEYS[6], ARGV[8])
  end
end
return { 'sealed', sequence }
