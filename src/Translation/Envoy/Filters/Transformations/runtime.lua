-- What compiled transformations run on. Nothing in here depends on a configuration; what follows it is data and calls.
local byte, char, sub, find, fmt = string.byte, string.char, string.sub, string.find, string.format
local concat, insert, floor = table.concat, table.insert, math.floor
local MAX_STEPS, MAX_DEPTH, MAX_OUTPUT = 1000000, 100, 16777216
local NULL, ARR, OBJ, NUM = {}, {}, {}, {}
local function fail(why) error({ why = why }, 0) end
local function arr(t) return setmetatable(t, ARR) end
local function obj(t) return setmetatable(t, OBJ) end
local function isarr(v) return getmetatable(v) == ARR end
local function isobj(v) return getmetatable(v) == OBJ end
local function num(v)
  if type(v) == 'number' then return v end
  if getmetatable(v) == NUM then return tonumber(v.text) end
end

-- JSON. Numbers that a double would change keep their text.
local ESC = { ['"'] = '"', ['\\'] = '\\', ['/'] = '/', b = '\b', f = '\f', n = '\n', r = '\r', t = '\t' }
local function utf8(c)
  if c < 0x80 then return char(c) end
  if c < 0x800 then return char(0xC0 + floor(c / 64), 0x80 + c % 64) end
  if c < 0x10000 then return char(0xE0 + floor(c / 4096), 0x80 + floor(c / 64) % 64, 0x80 + c % 64) end
  return char(0xF0 + floor(c / 262144), 0x80 + floor(c / 4096) % 64, 0x80 + floor(c / 64) % 64, 0x80 + c % 64)
end
local value
local function skip(s, i) return (find(s, '[^ \t\r\n]', i)) or #s + 1 end
local function str(s, i)
  local out, n, from = {}, 0, i + 1
  while true do
    local at = find(s, '[%z\1-\31"\\]', from)
    if not at then fail('json') end
    n = n + 1
    out[n] = sub(s, from, at - 1)
    local c = sub(s, at, at)
    if c == '"' then return concat(out), at + 1 end
    if c ~= '\\' then fail('json') end
    c = sub(s, at + 1, at + 1)
    from = at + 2
    if c == 'u' then
      local hex = sub(s, at + 2, at + 5)
      if not find(hex, '^%x%x%x%x$') then fail('json') end
      local code = tonumber(hex, 16)
      from = at + 6
      if code >= 0xD800 and code <= 0xDBFF then
        local low = s:match('^\\u(%x%x%x%x)', from)
        low = low and tonumber(low, 16)
        if not low or low < 0xDC00 or low > 0xDFFF then fail('json') end
        code, from = 0x10000 + (code - 0xD800) * 1024 + low - 0xDC00, from + 6
      elseif code >= 0xDC00 and code <= 0xDFFF then fail('json') end
      c = utf8(code)
    else
      c = ESC[c] or fail('json')
    end
    n = n + 1
    out[n] = c
  end
end
local function number(s, i)
  local text = s:match('^%-?%d+%.?%d*[eE]?[+-]?%d*', i)
  local int, rest = (text or ''):match('^%-?(%d+)(.*)$')
  if not int or (#int > 1 and sub(int, 1, 1) == '0') then fail('json') end
  local part = rest:match('^%.%d+(.*)$') or rest
  if part ~= '' and not find(part, '^[eE][+-]?%d+$') then fail('json') end
  local n = tonumber(text)
  if fmt('%.0f', n) == text or fmt('%.14g', n) == text then return n, i + #text end
  return setmetatable({ text = text }, NUM), i + #text
end
function value(s, i, depth)
  if depth > MAX_DEPTH then fail('json') end
  i = skip(s, i)
  local c = sub(s, i, i)
  if c == '"' then return str(s, i) end
  if c == '{' then
    local t = obj({})
    i = skip(s, i + 1)
    if sub(s, i, i) == '}' then return t, i + 1 end
    while true do
      if sub(s, i, i) ~= '"' then fail('json') end
      local k
      k, i = str(s, i)
      i = skip(s, i)
      if sub(s, i, i) ~= ':' then fail('json') end
      t[k], i = value(s, i + 1, depth + 1)
      i = skip(s, i)
      c = sub(s, i, i)
      if c == '}' then return t, i + 1 end
      if c ~= ',' then fail('json') end
      i = skip(s, i + 1)
    end
  end
  if c == '[' then
    local t, n = arr({}), 0
    i = skip(s, i + 1)
    if sub(s, i, i) == ']' then return t, i + 1 end
    while true do
      n = n + 1
      t[n], i = value(s, i, depth + 1)
      i = skip(s, i)
      c = sub(s, i, i)
      if c == ']' then return t, i + 1 end
      if c ~= ',' then fail('json') end
      i = i + 1
    end
  end
  if sub(s, i, i + 3) == 'true' then return true, i + 4 end
  if sub(s, i, i + 4) == 'false' then return false, i + 5 end
  if sub(s, i, i + 3) == 'null' then return NULL, i + 4 end
  return number(s, i)
end
local function parse(s)
  local v, i = value(s, 1, 0)
  if skip(s, i) <= #s then fail('json') end
  return v
end
local NAMES = { ['"'] = '\\"', ['\\'] = '\\\\', ['\b'] = '\\b', ['\f'] = '\\f', ['\n'] = '\\n', ['\r'] = '\\r',
  ['\t'] = '\\t' }
local function escape(s)
  return (s:gsub('[%z\1-\31"\\]', function(c) return NAMES[c] or fmt('\\u%04x', byte(c)) end))
end
local function text(n)
  if n ~= n or n == math.huge or n == -math.huge then return 'null' end
  if n == floor(n) and math.abs(n) < 1e15 then return fmt('%.0f', n) end
  local t = fmt('%.14g', n)
  return tonumber(t) == n and t or fmt('%.17g', n)
end
local function keys(t)
  local names = {}
  for k in pairs(t) do names[#names + 1] = k end
  table.sort(names)
  return names
end
local function dump(v)
  if type(v) == 'string' then return '"' .. escape(v) .. '"' end
  if type(v) == 'number' then return text(v) end
  if type(v) == 'boolean' then return tostring(v) end
  if v == nil or v == NULL then return 'null' end
  if getmetatable(v) == NUM then return v.text end
  local out = {}
  if isarr(v) then
    for i = 1, #v do out[i] = dump(v[i]) end
    return '[' .. concat(out, ',') .. ']'
  end
  for i, k in ipairs(keys(v)) do out[i] = '"' .. escape(k) .. '":' .. dump(v[k]) end
  return '{' .. concat(out, ',') .. '}'
end

-- Regular expressions as functions m(c, i, k): match at i and go on with k.
local function step(c)
  c.n = c.n + 1
  if c.n > MAX_STEPS then fail('steps') end
end
local function set(negated, ...)
  local t = {}
  for i = 0, 255 do t[i] = negated end
  for _, range in ipairs({ ... }) do for i = range[1], range[2] do t[i] = not negated end end
  return t
end
local function one(t)
  return function(c, i, k)
    step(c)
    local b = byte(c.s, i)
    if b and t[b] then return k(i + 1) end
  end
end
local function seq(list)
  local function from(n)
    local m = list[n]
    if n == #list then return m end
    local rest = from(n + 1)
    return function(c, i, k) return m(c, i, function(j) return rest(c, j, k) end) end
  end
  if #list == 0 then return function(_, i, k) return k(i) end end
  return from(1)
end
local function alt(list)
  return function(c, i, k)
    for n = 1, #list do
      step(c)
      local r = list[n](c, i, k)
      if r then return r end
    end
  end
end
local function group(n, m)
  return function(c, i, k)
    return m(c, i, function(j)
      local old = c[n]
      c[n] = { i, j }
      local r = k(j)
      if not r then c[n] = old end
      return r
    end)
  end
end
local function rep1(t, least, most, lazy)
  return function(c, i, k)
    local n = 0
    if lazy then
      while true do
        step(c)
        if n >= least then
          local r = k(i + n)
          if r then return r end
        end
        local b = byte(c.s, i + n)
        if n >= most or not b or not t[b] then return nil end
        n = n + 1
      end
    end
    while n < most do
      step(c)
      local b = byte(c.s, i + n)
      if not b or not t[b] then break end
      n = n + 1
    end
    while n >= least do
      step(c)
      local r = k(i + n)
      if r then return r end
      n = n - 1
    end
  end
end
local function rep(m, least, most, lazy)
  return function(c, i, k)
    local function go(n, at, depth)
      step(c)
      if depth > 5000 then fail('steps') end
      local function more()
        if n < most then
          return m(c, at, function(j)
            if j == at and n >= least then return nil end
            return go(n + 1, j, depth + 1)
          end)
        end
      end
      if n < least then return more() end
      if lazy then return k(at) or more() end
      return more() or k(at)
    end
    return go(0, i, 0)
  end
end
local function bol(c, i, k) if i == 1 then return k(i) end end
local function eol(c, i, k) if i == #c.s + 1 then return k(i) end end
local function word(c, i) return find(sub(c.s, i, i), '^[%w_]') ~= nil end
local function bound(negated)
  return function(c, i, k)
    local at = (i > 1 and word(c, i - 1)) ~= (i <= #c.s and word(c, i))
    if at ~= negated then return k(i) end
  end
end
local function look(m, negated)
  return function(c, i, k)
    local r = m(c, i, function(j) return j end)
    if (r ~= nil) ~= negated then return k(i) end
  end
end
local function whole(re, s)
  local c = { s = s, n = 0 }
  if re(c, 1, function(j) if j == #s + 1 then return j end end) then
    c[0] = { 1, #s + 1 }
    return c
  end
end
local function part(c, n)
  local at = c[n]
  return at and sub(c.s, at[1], at[2] - 1) or ''
end
local function expand(c, with, from, to)
  return (with:gsub('%$([%d&$`\']%d?)', function(ref)
    local k = sub(ref, 1, 1)
    local rest = sub(ref, 2)
    if k == '$' then return '$' .. rest end
    if k == '&' then return part(c, 0) .. rest end
    if k == '`' then return sub(c.s, 1, from - 1) .. rest end
    if k == "'" then return sub(c.s, to) .. rest end
    return part(c, tonumber(ref))
  end))
end
local function replace_all(re, s, with)
  local out, from, i, steps = {}, 1, 1, 0
  while i <= #s + 1 do
    local c = { s = s, n = steps }
    local to = re(c, i, function(j) return j end)
    steps = c.n + 1
    if to then
      c[0] = { i, to }
      out[#out + 1] = sub(s, from, i - 1) .. expand(c, with, i, to)
      from = to
      if to == i then
        out[#out + 1] = sub(s, i, i)
        from = i + 1
      end
      i = from
    else
      i = i + 1
    end
  end
  out[#out + 1] = sub(s, from)
  return concat(out)
end
