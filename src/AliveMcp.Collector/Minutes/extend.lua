-- Minutes/extend.lua: calls the confirmation round of an open minute: its reserve is planned from now on, behind who was planned before.
-- KEYS: minute hash, rounds of the shard.   ARGV: last moment at which the round still ends in time (ms), server, minute.
-- Returns {word, now (ms)}: over (sealed, or no such minute), alone (there is no reserve), late; or
-- {round, now (ms), region names, packed plan, entry or '' for each region}, the first time and every time after it.
-- Cost: O(regions).
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local moment = string.format('%d', now)
local known = redis.call('HMGET', KEYS[1], 'sealed', 'r', 'p', 'c', 'f')
local names = known[2]
if known[1] or not names then
  return { 'over', moment }
end
if known[5] ~= '2' then
  if not known[4] then
    return { 'alone', moment }
  end
  if now > tonumber(ARGV[1]) then
    return { 'late', moment }
  end
  names = names .. ',' .. known[4]
  redis.call('HSET', KEYS[1], 'r', names)
  redis.call('HSET', KEYS[1], 'f', '2')
  redis.call('HDEL', KEYS[1], 'c')
  redis.call('HSET', KEYS[2], ARGV[2], ARGV[3] .. ':' .. names)
end
local answer, place = { 'round', moment, names, known[3] }, 0
for _ in string.gmatch(names, '[^,]+') do
  answer[#answer + 1] = redis.call('HGET', KEYS[1], string.format('%d', place)) or ''
  place = place + 1
end
return answer
