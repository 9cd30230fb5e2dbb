-- Minutes/record.lua: stores what one region says of an open minute; the first result of a region wins.
-- KEYS: minute hash.   ARGV: region, packed entry, last moment of acceptance (ms).
-- Returns {word}: gone (no such minute), unplanned (not this region's), late (over; with the packed verdict when sealed),
-- recorded, again (the region spoke before); the last two with region names, packed plan and every entry in their order when complete.
-- Cost: O(regions).
local sealed = redis.call('HGET', KEYS[1], 'sealed')
if sealed then
  return { 'late', sealed }
end
local names = redis.call('HGET', KEYS[1], 'r')
if not names then
  return { 'gone' }
end
local place, count = -1, 0
for name in string.gmatch(names, '[^,]+') do
  if name == ARGV[1] then
    place = count
  end
  count = count + 1
end
if place < 0 then
  return { 'unplanned' }
end
local field = string.format('%d', place)
local word = 'again'
if redis.call('HEXISTS', KEYS[1], field) == 0 then
  local time = redis.call('TIME')
  local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
  if now > tonumber(ARGV[3]) then
    return { 'late' }
  end
  redis.call('HSET', KEYS[1], field, ARGV[2])
  word = 'recorded'
end
local answer = { word, names, redis.call('HGET', KEYS[1], 'p') }
for i = 0, count - 1 do
  local entry = redis.call('HGET', KEYS[1], string.format('%d', i))
  if not entry then
    return { word }
  end
  answer[#answer + 1] = entry
end
return answer
