-- Minutes/record.lua: stores what one region says of an open minute; the first result of a region wins.
-- KEYS: minute hash.   ARGV: region, packed entry, last moment of acceptance (ms), 1 when the entry fails.
-- Returns {word}: gone (no such minute), unplanned (not this region's), late (over; with the packed verdict when sealed),
-- recorded, again (the region spoke before), round (again, in a confirmation round). The last three with region names, packed plan and
-- for each region its entry or '' when nobody is missing or somebody fails.
-- Cost: O(regions).
local known = redis.call('HMGET', KEYS[1], 'sealed', 'r', 'p', 'f')
if known[1] then
  return { 'late', known[1] }
end
local names = known[2]
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
  if ARGV[4] == '1' and not known[4] then
    redis.call('HSET', KEYS[1], 'f', '1')
  end
  word = 'recorded'
elseif known[4] == '2' then
  word = 'round'
end
local fails = known[4] or ARGV[4] == '1'
local answer = { word, names, known[3] }
for i = 0, count - 1 do
  local entry = redis.call('HGET', KEYS[1], string.format('%d', i))
  -- Nobody asks who else spoke while all is well and somebody is still to come: most calls end here.
  if not entry and not fails then
    return { word }
  end
  answer[#answer + 1] = entry or ''
end
return answer
