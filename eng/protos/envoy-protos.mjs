// Prepares the .proto files of Envoy, xDS, udpa and PGV for the build of src/Xds/EnvoyApi.
//
//   node envoy-protos.mjs <output directory>
//
// The files come from the npm package named in package.json. Only the tarball is taken (no dependencies, no install
// scripts), and only if its SHA-512 is the one in package-lock.json. A tarball that is already in the output directory
// and has the right hash is used again, so that a second run needs no network.
//
// Written to the output directory:
//   proto/         one import root: the files to compile plus what they import, LF line ends, patched as listed below
//   sources.txt    the files to compile, one a line, relative to proto/
//
// To move to another version: change package.json, run `npm install --package-lock-only` here (.npmrc keeps the
// registry's address out of the lock file), build, and correct the lists below where the checks complain.

import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE = '@grpc/grpc-js-xds';
const here = path.dirname(fileURLToPath(import.meta.url));

// Import roots inside the package; the first that has a file wins.
const ROOTS = ['envoy-api', 'xds', 'googleapis', 'protoc-gen-validate'];

// What to compile: the v3 API and the annotations that its generated code refers to. google.api.* and google.rpc.*
// come compiled from Google.Api.CommonProtos; only the CEL syntax is not in it.
const COMPILE = [
  /^envoy\/.*\/v3\//, /^envoy\/annotations\//, /^xds\//, /^udpa\//, /^validate\/validate\.proto$/,
  /^google\/api\/expr\/v1alpha1\/(syntax|checked)\.proto$/, /^opentelemetry\//,
];
const IMPORT_ONLY = [/^google\/api\/(annotations|http)\.proto$/, /^google\/rpc\/status\.proto$/];

// Files that cannot be compiled; nothing else imports them.
const EXCLUDE = {
  'envoy/config/trace/v3/opencensus.proto': 'imports opencensus, which the package lacks',
  'envoy/config/trace/v3/trace.proto': 'imports opencensus.proto above',
  'envoy/service/trace/v3/trace_service.proto': 'imports opencensus, which the package lacks',
  'envoy/service/metrics/v3/metrics_service.proto': 'imports prometheus, which the package lacks',
  'envoy/extensions/rate_limit_descriptors/expr/v3/expr.proto':
    'message Descriptor clashes with the generated static property of that name; renaming would change the type URL',
};

// The package's PGV is older than the Envoy files, which use `ignore_empty`. Numbers are upstream's.
const numeric = ['Float', 'Double', 'Int32', 'Int64', 'UInt32', 'UInt64', 'SInt32', 'SInt64',
  'Fixed32', 'Fixed64', 'SFixed32', 'SFixed64'];
const ignoreEmpty = (message, number) => ({
  find: new RegExp(`^message ${message} \\{$`, 'm'),
  replace: `message ${message} {\n    optional bool ignore_empty = ${number};`,
});
const PATCHES = {
  'validate/validate.proto': [
    ...numeric.map((name) => ignoreEmpty(`${name}Rules`, 8)),
    ignoreEmpty('StringRules', 26), ignoreEmpty('BytesRules', 14),
    ignoreEmpty('RepeatedRules', 5), ignoreEmpty('MapRules', 6),
  ],
  // In C# the field would clash with the method that clears the oneof `body`. Wire format and JSON stay the same.
  'envoy/service/ext_proc/v3/external_processor.proto': [
    { find: /bool clear_body = 2;/, replace: 'bool do_clear_body = 2 [json_name = "clearBody"];' },
  ],
  // Newer than the package; both supported versions of Envoy have it.
  'envoy/extensions/filters/http/lua/v3/lua.proto': [
    {
      find: /import "envoy\/config\/core\/v3\/base.proto";/,
      replace: 'import "envoy/config/core/v3/base.proto";\n'
        + 'import "google/protobuf/struct.proto";\nimport "google/protobuf/wrappers.proto";',
    },
    {
      find: /string stat_prefix = 4;/,
      replace: 'string stat_prefix = 4;\n  google.protobuf.BoolValue clear_route_cache = 5;',
    },
    { find: /option \(validate.required\) = true;/, replace: '' },
    {
      find: /config.core.v3.DataSource source_code = 3;\n  }/,
      replace: 'config.core.v3.DataSource source_code = 3;\n  }\n  google.protobuf.Struct filter_context = 4;',
    },
  ],
  'envoy/config/route/v3/route_components.proto': [
    {
      find: /bool disable_shadow_host_suffix_append = 6;/,
      replace: 'bool disable_shadow_host_suffix_append = 6;\n      string host_rewrite_literal = 8;',
    },
  ],
};

const fail = (message) => {
  console.error(`envoy-protos.mjs: error : ${message}`);
  process.exit(1);
};
const sha512 = (file) => `sha512-${createHash('sha512').update(fs.readFileSync(file)).digest('base64')}`;

/** Returns the path of the package's tarball below `out`, fetched if need be and checked against the lock file. */
function fetchTarball(out) {
  const lock = JSON.parse(fs.readFileSync(path.join(here, 'package-lock.json'), 'utf8'));
  const { version, integrity } = lock.packages[`node_modules/${PACKAGE}`] ?? fail(`${PACKAGE} is not in the lock file`);
  const name = `${PACKAGE.slice(1).replace('/', '-')}-${version}.tgz`;
  const tarball = path.join(out, name);
  if (fs.existsSync(tarball) && sha512(tarball) === integrity) return tarball;

  // Packed into a directory of its own and moved, so that a build that is stopped half-way leaves no broken tarball.
  const scratch = fs.mkdtempSync(path.join(out, 'fetch-'));
  try {
    execFileSync('npm', ['pack', `${PACKAGE}@${version}`, '--silent', '--prefer-offline', '--ignore-scripts'],
      { cwd: scratch, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
    const got = sha512(path.join(scratch, name));
    if (got !== integrity) fail(`${name} has ${got}, but the lock file says ${integrity}`);
    fs.renameSync(path.join(scratch, name), tarball);
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
  return tarball;
}

/** All .proto files below `root`, as paths with forward slashes relative to it. */
function protosBelow(root) {
  return fs.readdirSync(root, { recursive: true })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => file.endsWith('.proto'));
}

/** The text of `file` with the patches for it applied; each must match exactly once. */
function patched(file, text) {
  for (const { find, replace } of PATCHES[file] ?? []) {
    const count = text.match(new RegExp(find.source, `${find.flags}g`))?.length ?? 0;
    if (count !== 1) fail(`patch ${find} of ${file} matches ${count} times instead of once`);
    text = text.replace(find, replace);
  }
  return text;
}

function main(out) {
  fs.mkdirSync(out, { recursive: true });
  const tarball = fetchTarball(out);
  const work = fs.mkdtempSync(path.join(out, 'work-'));
  try {
    execFileSync('tar', ['-xzf', path.relative(work, tarball), 'package/deps'], { cwd: work });

    // The first root that has a file wins; our shims come last because they only add what no root has.
    const files = new Map();
    for (const root of [...ROOTS.map((name) => path.join(work, 'package', 'deps', name)), path.join(here, 'shim')])
      for (const file of protosBelow(root)) if (!files.has(file)) files.set(file, path.join(root, file));

    for (const file of [...Object.keys(EXCLUDE), ...Object.keys(PATCHES)])
      if (!files.has(file)) fail(`${file} is listed in this script, but the package does not have it`);

    const matches = (patterns, file) => patterns.some((pattern) => pattern.test(file));
    const sources = [...files.keys()].filter((file) => matches(COMPILE, file) && !(file in EXCLUDE)).sort();
    const imports = [...files.keys()].filter((file) => matches(IMPORT_ONLY, file));
    const target = path.join(work, 'proto');
    for (const file of [...sources, ...imports]) {
      const text = fs.readFileSync(files.get(file), 'utf8').replaceAll('\r\n', '\n');
      fs.mkdirSync(path.dirname(path.join(target, file)), { recursive: true });
      fs.writeFileSync(path.join(target, file), patched(file, text));
    }

    fs.rmSync(path.join(out, 'proto'), { recursive: true, force: true });
    fs.renameSync(target, path.join(out, 'proto'));
    fs.writeFileSync(path.join(out, 'sources.txt'), `${sources.join('\n')}\n`);
    console.log(`${sources.length} .proto files of ${path.basename(tarball)}`);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

if (process.argv.length !== 3) fail('usage: node envoy-protos.mjs <output directory>');
main(path.resolve(process.argv[2]));
