-- Templates: values, functions and operators of Inja 3.4.
local MISSING = 'missing'
local function index(v, k)
  if isobj(v) then return v[k] end
  if isarr(v) and find(k, '^%d+$') then return v[tonumber(k) + 1] end
end
local function walk(v, path, from)
  for i = from, #path do
    v = index(v, path[i])
    if v == nil then return nil end
  end
  return v
end
local function lookup(c, path)
  local v = c.vars[path[1]]
  if v ~= nil then v = walk(v, path, 2) end
  if v == nil then return walk(c.json, path, 1) end
  return v
end
local function get(c, path)
  local v = lookup(c, path)
  if v == nil then fail(MISSING) end
  return v
end
local function show(c, v)
  if type(v) == 'string' then return c.escapes and escape(v) or v end
  if v == NULL or v == nil then return '' end
  return dump(v)
end
local function put(c, o, s)
  c.size = c.size + #s
  if c.size > MAX_OUTPUT then fail('size') end
  o[#o + 1] = s
end
local function truthy(v)
  if type(v) == 'boolean' then return v end
  local n = num(v)
  if n then return n ~= 0 end
  if v == NULL then return false end
  if type(v) == 'table' then return next(v) ~= nil end
  return true
end
local function eq(a, b)
  local x, y = num(a), num(b)
  if x and y then return x == y end
  if type(a) ~= 'table' or type(b) ~= 'table' then return a == b end
  return dump(a) == dump(b)
end
local function need(v) return num(v) or fail('number') end
local function lt(a, b)
  if type(a) == 'string' and type(b) == 'string' then return a < b end
  return need(a) < need(b)
end
local function add(a, b)
  if type(a) == 'string' and type(b) == 'string' then return a .. b end
  return need(a) + need(b)
end
local function div(a, b)
  if need(b) == 0 then fail('division') end
  return need(a) / need(b)
end
local function mod(a, b)
  if need(b) == 0 then fail('division') end
  return math.fmod(need(a), need(b))
end
local function has(list, v)
  if isobj(list) then return type(v) == 'string' and list[v] ~= nil end
  if not isarr(list) then fail('array') end
  for i = 1, #list do if eq(list[i], v) then return true end end
  return false
end
local function list(v) return isarr(v) and v or fail('array') end
local function string_(v) return type(v) == 'string' and v or fail('string') end
local function each(c, name, key, v, body)
  local old, oldkey, oldloop = c.vars[name], key and c.vars[key], c.vars.loop
  local names = isobj(v) and keys(v)
  if key and not names or not key and not isarr(v) then fail('loop') end
  local count = names and #names or #v
  for i = 1, count do
    step(c)
    if key then
      c.vars[key], c.vars[name] = names[i], v[names[i]]
    else
      c.vars[name] = v[i]
    end
    c.vars.loop = obj({ index = i - 1, index1 = i, is_first = i == 1, is_last = i == count, parent = oldloop })
    body()
  end
  c.vars[name], c.vars.loop = old, oldloop
  if key then c.vars[key] = oldkey end
end
local B = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
local function base64(s)
  local out = {}
  for i = 1, #s, 3 do
    local a, b, c = byte(s, i, i + 2)
    local n = a * 65536 + (b or 0) * 256 + (c or 0)
    local p = { floor(n / 262144), floor(n / 4096) % 64, b and floor(n / 64) % 64, c and n % 64 }
    for k = 1, 4 do out[#out + 1] = p[k] and sub(B, p[k] + 1, p[k] + 1) or '=' end
  end
  return concat(out)
end
local function unbase64(s)
  if #s % 4 ~= 0 or not find(s, '^[%w+/]*=?=?$') then return '' end
  local out = {}
  for i = 1, #s, 4 do
    local n, pads = 0, 0
    for k = i, i + 3 do
      local at = find(B, sub(s, k, k), 1, true)
      if not at then pads = pads + 1 end
      n = n * 64 + (at and at - 1 or 0)
    end
    out[#out + 1] = sub(char(floor(n / 65536), floor(n / 256) % 256, n % 256), 1, 3 - pads)
  end
  return concat(out)
end
math.randomseed(os.time() + floor(os.clock() * 1000000))
local function random()
  local t = {}
  for i = 1, 16 do t[i] = char(math.random(0, 255)) end
  return (base64(concat(t)):gsub('[+/=]', { ['+'] = '-', ['/'] = '_', ['='] = '' }))
end
local F = {}
function F.default(c, a, b)
  local ok, v = pcall(a)
  if ok then return v end
  if type(v) == 'table' and v.why == MISSING then return b() end
  error(v, 0)
end
function F.header(c, n) return c.headers:get(string_(n)) or '' end
function F.request_header(c, n)
  if not c.saved then return c.headers:get(string_(n)) or '' end
  return c.saved[string_(n):lower()] or ''
end
function F.extraction(c, n) return c.found[string_(n)] or '' end
function F.env(c, n) return os.getenv(string_(n)) or '' end
function F.body(c) return c.body end
function F.context(c) return c.json end
function F.base64_encode(c, s) return base64(string_(s)) end
function F.base64_decode(c, s) return unbase64(string_(s)) end
function F.raw_string(c, s) return setmetatable({ text = escape(string_(s)) }, NUM) end
function F.substring(c, s, from, len)
  s, from, len = string_(s), need(from), len and need(len) or 0
  if from < 0 or from > #s then return '' end
  return sub(s, from + 1, len > 0 and from + len or -1)
end
function F.replace_with_random(c, s, what)
  s, what = string_(s), string_(what)
  if what == '' then return s end
  c.random = c.random or {}
  local with = c.random[what] or random()
  c.random[what] = with
  return F.replace(c, s, what, with)
end
function F.replace(c, s, what, with)
  s, what, with = string_(s), string_(what), string_(with)
  local out, from = {}, 1
  while what ~= '' do
    local a, b = find(s, what, from, true)
    if not a then break end
    out[#out + 1] = sub(s, from, a - 1) .. with
    from = b + 1
  end
  return concat(out) .. sub(s, from)
end
function F.upper(c, s) return string_(s):upper() end
function F.lower(c, s) return string_(s):lower() end
function F.capitalize(c, s) return string_(s):sub(1, 1):upper() .. s:sub(2):lower() end
function F.length(c, v)
  if type(v) == 'string' or isarr(v) then return #v end
  return isobj(v) and #keys(v) or fail('length')
end
function F.first(c, v) return list(v)[1] or fail(MISSING) end
function F.last(c, v) return list(v)[#v] or fail(MISSING) end
function F.join(c, v, with)
  local out = {}
  for i = 1, #list(v) do out[i] = show(c, v[i]) end
  return concat(out, string_(with))
end
function F.range(c, n)
  n = need(n)
  if n > 10000 then fail('range') end
  local t = arr({})
  for i = 1, n do t[i] = i - 1 end
  return t
end
function F.sort(c, v)
  local t = arr({})
  for i = 1, #list(v) do t[i] = v[i] end
  table.sort(t, lt)
  return t
end
function F.max(c, v) local t = F.sort(c, v) return t[#t] or fail(MISSING) end
function F.min(c, v) return F.sort(c, v)[1] or fail(MISSING) end
function F.at(c, v, k)
  if isarr(v) then return v[need(k) + 1] or fail(MISSING) end
  local r = isobj(v) and v[string_(k)]
  if r == nil then fail(MISSING) end
  return r
end
function F.existsIn(c, v, k) return isobj(v) and v[string_(k)] ~= nil end
function F.odd(c, n) return need(n) % 2 == 1 end
function F.even(c, n) return need(n) % 2 == 0 end
function F.divisibleBy(c, a, b) return mod(a, b) == 0 end
function F.round(c, n, places)
  local p = 10 ^ need(places)
  return floor(need(n) * p + 0.5) / p
end
function F.int(c, v)
  local n = type(v) == 'string' and tonumber(v:match('^%s*[+-]?%d+')) or num(v) or fail('number')
  return n < 0 and math.ceil(n) or floor(n)
end
function F.float(c, v) return type(v) == 'string' and tonumber(v) or num(v) or fail('number') end
function F.isString(c, v) return type(v) == 'string' end
function F.isBoolean(c, v) return type(v) == 'boolean' end
function F.isNumber(c, v) return num(v) ~= nil end
function F.isInteger(c, v) local n = num(v) return n ~= nil and n == floor(n) end
function F.isFloat(c, v) local n = num(v) return n ~= nil and n ~= floor(n) end
function F.isArray(c, v) return isarr(v) end
function F.isObject(c, v) return isobj(v) end
