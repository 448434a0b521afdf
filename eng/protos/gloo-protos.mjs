// Writes the .proto files of Gloo's API (src/Api/Contracts/proto) and the table they are tested against
// (tests/Api.Contracts.Tests/contract.tsv) from texts that list its names and numbers.
//
//   node gloo-protos.mjs <contract text>...
//
// gloo-supplement.txt beside this script is always read as well. Both outputs are checked in; run this only when a
// contract text changes. Format of a text, a line a fact (names are full; types may be relative, as in .proto files):
//
//   # file <path>.proto  package <package>
//   message <name>                         followed by  <number> [repeated] <type> <field> [oneof=<name>] [deprecated]
//   enum <name>                            followed by  <number> <value>
//   service <name>                         followed by  <method> ([stream] <type>) -> ([stream] <type>)
//
// C# namespaces: the labels of the package without `solo.io`, reversed where the package ends in it, in PascalCase,
// below `Solo`:
//   gloo.solo.io                    Solo.Gloo                 hcm.options.gloo.solo.io        Solo.Gloo.Options.Hcm
//   solo.io.envoy.config.core.v3    Solo.Envoy.Config.Core.V3
// Packages outside solo.io (Gloo's own copies of envoy, xds, opentelemetry) go below `Solo.External`, apart from the
// upstream types of src/Xds/EnvoyApi: xds.core.v3 is Solo.External.Xds.Core.V3.

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const protoDir = path.join(here, '../../src/Api/Contracts/proto');
const tableFile = path.join(here, '../../tests/Api.Contracts.Tests/contract.tsv');

// Names that C# cannot have. A message name is neither on the wire nor in JSON unless it is packed in an Any, which
// these are not.
const RENAMED = {
  // The generated class has a static property Descriptor.
  'ratelimit.api.solo.io.Descriptor': 'ratelimit.api.solo.io.RateLimitDescriptor',
};

// Fields likewise; number and JSON name stay.
const RENAMED_FIELDS = {
  // The oneof `body` has a generated method ClearBody.
  'solo.io.envoy.service.ext_proc.v3.BodyMutation.clear_body': 'do_clear_body',
};

const SCALARS = new Set(('double float int32 int64 uint32 uint64 sint32 sint64 fixed32 fixed64 sfixed32 sfixed64 ' +
  'bool string bytes').split(' '));

// Where the types live that the texts take for granted.
const KNOWN_IMPORTS = {
  'google.protobuf.Any': 'google/protobuf/any.proto',
  'google.protobuf.Duration': 'google/protobuf/duration.proto',
  'google.protobuf.Empty': 'google/protobuf/empty.proto',
  'google.protobuf.Struct': 'google/protobuf/struct.proto',
  'google.protobuf.Value': 'google/protobuf/struct.proto',
  'google.protobuf.ListValue': 'google/protobuf/struct.proto',
  'google.protobuf.Timestamp': 'google/protobuf/timestamp.proto',
  'google.rpc.Status': 'google/rpc/status.proto',
};
for (const name of ['Double', 'Float', 'Int64', 'UInt64', 'Int32', 'UInt32', 'Bool', 'String', 'Bytes'])
  KNOWN_IMPORTS[`google.protobuf.${name}Value`] = 'google/protobuf/wrappers.proto';

const fail = (message) => {
  console.error(`gloo-protos.mjs: ${message}`);
  process.exit(1);
};

/** Reads the texts into a list of files, each with its definitions in order, and an index of definitions by name. */
function parse(texts) {
  const files = [];
  const byName = new Map();
  let file;
  let definition;
  for (const [source, text] of texts) {
    text.split('\n').forEach((line, index) => {
      const bad = (why) => fail(`${source}:${index + 1}: ${why}: ${line}`);
      let match;
      if (line.trim() === '') return;
      if ((match = /^# file (\S+\.proto)\s+package (\S+)/.exec(line))) {
        file = { path: match[1], package: match[2], definitions: [] };
        if (files.some((other) => other.path === file.path)) bad('second file of that path');
        files.push(file);
        definition = undefined;
      } else if (line.startsWith('#')) {
        return;
      } else if ((match = /^(message|enum|service) (\S+)$/.exec(line))) {
        definition = { kind: match[1], name: match[2], file, members: [], nested: [] };
        if (!definition.name.startsWith(`${file.package}.`)) bad('not in the package of the file');
        if (byName.has(definition.name)) bad('defined twice');
        file.definitions.push(definition);
        byName.set(definition.name, definition);
      } else if (!definition) {
        bad('member of nothing');
      } else if (definition.kind === 'message' && (match =
        /^  (\d+) (?:(repeated) )?(map<(\w+),(\S+)>|\S+) (\w+)(?: oneof=(\w+))?( deprecated)?$/.exec(line))) {
        definition.members.push({
          number: Number(match[1]), label: match[4] ? 'map' : match[2] ?? 'singular', keyType: match[4],
          type: match[5] ?? match[3], name: match[6], oneof: match[7], deprecated: Boolean(match[8]),
        });
      } else if (definition.kind === 'enum' && (match = /^  (-?\d+) (\w+)$/.exec(line))) {
        definition.members.push({ number: Number(match[1]), name: match[2] });
      } else if (definition.kind === 'service' &&
        (match = /^  (\w+) \((stream )?(\S+)\) -> \((stream )?(\S+)\)$/.exec(line))) {
        definition.members.push({
          name: match[1], clientStream: Boolean(match[2]), input: match[3],
          serverStream: Boolean(match[4]), output: match[5],
        });
      } else bad(`not a member of ${definition.kind} ${definition.name}`);
    });
  }
  return { files, byName };
}

/** Replaces every relative type by its full name, innermost scope first, and nests definitions in their parents. */
function resolve({ files, byName }) {
  const typeOf = (name, scope) => {
    if (SCALARS.has(name) || KNOWN_IMPORTS[name]) return name;
    if (name.startsWith('.')) return byName.has(name.slice(1)) ? name.slice(1) : fail(`${scope}: no type ${name}`);
    for (const labels = scope.split('.'); ; labels.pop()) {
      const full = [...labels, name].join('.');
      if (byName.has(full)) return full;
      if (labels.length === 0) return fail(`${scope}: no type ${name}`);
    }
  };
  for (const definition of byName.values()) {
    for (const member of definition.members) {
      for (const key of ['type', 'input', 'output'])
        if (member[key]) member[key] = typeOf(member[key], definition.name);
    }
  }
  for (const file of files) {
    file.top = file.definitions.filter((definition) => {
      const parent = byName.get(definition.name.slice(0, definition.name.lastIndexOf('.')));
      parent?.nested.push(definition);
      return !parent;
    });
  }
}

const written = (name) => {
  for (const [from, to] of Object.entries(RENAMED))
    if (name === from || name.startsWith(`${from}.`)) return to + name.slice(from.length);
  return name;
};
const short = (name) => written(name).slice(written(name).lastIndexOf('.') + 1);
const reference = (name) => (SCALARS.has(name) ? name : `.${written(name)}`);

/** protoc's rule: an underscore goes and the letter after it becomes upper case; other letters stay as they are. */
const jsonName = (name) => name.replace(/_+(\w?)/g, (_, letter) => letter.toUpperCase());

function csharpNamespace(name) {
  const labels = name.split('.');
  const at = labels.findIndex((label, index) => label === 'solo' && labels[index + 1] === 'io');
  const below = at < 0 ? ['external', ...labels]
    : at === 0 ? labels.slice(2)
      : labels.slice(0, at).reverse();
  const pascal = (label) => label.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return ['Solo', ...below.map(pascal)].join('.');
}

/** Lines of a definition, with members in the order of the text and a oneof where its first field stands. */
function render(definition, indent = '') {
  const inner = `${indent}  `;
  const lines = [];
  const field = (member, at) => {
    const type = member.label === 'map' ? `map<${member.keyType}, ${reference(member.type)}>` : reference(member.type);
    const label = member.label === 'repeated' ? 'repeated ' : '';
    const name = RENAMED_FIELDS[`${definition.name}.${member.name}`];
    const options = [];
    if (name) options.push(`json_name = "${jsonName(member.name)}"`);
    if (member.deprecated) options.push('deprecated = true');
    const suffix = options.length > 0 ? ` [${options.join(', ')}]` : '';
    return `${at}${label}${type} ${name ?? member.name} = ${member.number}${suffix};`;
  };
  const stream = (flag) => (flag ? 'stream ' : '');
  const oneofs = new Set();
  for (const member of definition.members) {
    if (definition.kind === 'enum') {
      lines.push(`${inner}${member.name} = ${member.number};`);
    } else if (definition.kind === 'service') {
      lines.push(`${inner}rpc ${member.name}(${stream(member.clientStream)}${reference(member.input)})`,
        `${inner}    returns (${stream(member.serverStream)}${reference(member.output)});`);
    } else if (!member.oneof) {
      lines.push(field(member, inner));
    } else if (!oneofs.has(member.oneof)) {
      oneofs.add(member.oneof);
      const fields = definition.members.filter((other) => other.oneof === member.oneof);
      lines.push(`${inner}oneof ${member.oneof} {`, ...fields.map((one) => field(one, `${inner}  `)), `${inner}}`);
    }
  }
  for (const nested of definition.nested) {
    if (lines.length > 0) lines.push('');
    lines.push(...render(nested, inner));
  }
  const head = `${indent}${definition.kind} ${short(definition.name)} {`;
  return lines.length === 0 ? [`${head}}`] : [head, ...lines, `${indent}}`];
}

function protoFile(file, byName) {
  const imports = new Set();
  for (const definition of file.definitions) {
    for (const member of definition.members) {
      for (const type of [member.type, member.input, member.output].filter(Boolean)) {
        const from = KNOWN_IMPORTS[type] ?? byName.get(type)?.file.path;
        if (from && from !== file.path) imports.add(from);
      }
    }
  }
  const lines = [
    '// Written by eng/protos/gloo-protos.mjs; change it there.',
    'syntax = "proto3";', '', `package ${file.package};`, '',
  ];
  if (imports.size > 0) lines.push(...[...imports].sort().map((name) => `import "${name}";`), '');
  lines.push(`option csharp_namespace = "${csharpNamespace(file.package)}";`);
  for (const definition of file.top) lines.push('', ...render(definition));
  return `${lines.join('\n')}\n`;
}

/** The rows of the table: every fact of the texts, sorted, with the names as written and JSON names as in the text. */
function table(byName) {
  const rows = [];
  const flag = (value, name) => (value ? name : '-');
  for (const definition of byName.values()) {
    const name = written(definition.name);
    rows.push([definition.kind, name]);
    for (const member of definition.members) {
      if (definition.kind === 'message') {
        const type = SCALARS.has(member.type) ? member.type : written(member.type);
        rows.push(['field', name, member.number, RENAMED_FIELDS[`${definition.name}.${member.name}`] ?? member.name,
          jsonName(member.name), member.label,
          member.label === 'map' ? `${member.keyType}:${type}` : type,
          member.oneof ?? '-', flag(member.deprecated, 'deprecated')]);
      } else if (definition.kind === 'enum') {
        rows.push(['value', name, member.number, member.name]);
      } else {
        rows.push(['method', name, member.name, written(member.input), flag(member.clientStream, 'stream'),
          written(member.output), flag(member.serverStream, 'stream')]);
      }
    }
  }
  return `${rows.map((row) => row.join('\t')).sort().join('\n')}\n`;
}

if (process.argv.length < 3) fail('usage: node gloo-protos.mjs <contract text>...');
const texts = [...process.argv.slice(2), path.join(here, 'gloo-supplement.txt')]
  .map((name) => [path.basename(name), fs.readFileSync(name, 'utf8')]);
const model = parse(texts);
resolve(model);
for (const name of Object.keys(RENAMED)) if (!model.byName.has(name)) fail(`no ${name} to rename`);
for (const name of Object.keys(RENAMED_FIELDS)) {
  const dot = name.lastIndexOf('.');
  const members = model.byName.get(name.slice(0, dot))?.members ?? [];
  if (!members.some((member) => member.name === name.slice(dot + 1))) fail(`no ${name} to rename`);
}

const outputs = new Set();
for (const file of model.files) {
  // protoc names a C# file after the .proto file alone and puts it in a directory per namespace.
  const output = `${csharpNamespace(file.package)}/${path.basename(file.path)}`.toLowerCase();
  if (outputs.has(output)) fail(`two files would be generated as ${output}`);
  outputs.add(output);
}
fs.rmSync(protoDir, { recursive: true, force: true });
for (const file of model.files) {
  const target = path.join(protoDir, file.path);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.writeFileSync(target, protoFile(file, model.byName));
}
fs.mkdirSync(path.dirname(tableFile), { recursive: true });
fs.writeFileSync(tableFile, table(model.byName));
console.log(`${model.files.length} files, ${model.byName.size} definitions`);
