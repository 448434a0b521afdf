// A state-of-the-world ADS client. It asks for clusters and listeners, follows them to their endpoints and routes,
// acknowledges everything, and prints what it then holds as one JSON array of
// {"type", "name", "version", "bytes" (base64)}.
//
// usage: node ads-client.mjs HOST:PORT ROLE [SECONDS]
// exit codes: 0 complete, 1 the server ended the stream, 3 something was still missing after SECONDS (default 20)
import grpc from '@grpc/grpc-js';
import { streamAggregatedResources, types, unpack } from './protos.mjs';

const [target, role, seconds = '20'] = process.argv.slice(2);
const Client = grpc.makeGenericClientConstructor({ stream: streamAggregatedResources }, 'ads');
const client = new Client(target, grpc.credentials.createInsecure());
const stream = client.stream();

let node = { id: `ads-client.${process.pid}`, cluster: 'test', metadata: { fields: { role: { stringValue: role } } } };
const asked = new Map();   // type -> names; empty means all
const held = new Map();    // type -> name -> resource
const answered = new Map(); // type -> { version_info, response_nonce }

function request(type) {
  stream.write({ type_url: type, resource_names: [...asked.get(type)], ...answered.get(type), node });
  node = undefined; // the first request names the node, the others need not
}

function subscribe(type, names) {
  const known = asked.get(type) ?? new Set();
  const added = names.filter(name => !known.has(name));
  if (asked.has(type) && added.length === 0) return;
  asked.set(type, new Set([...known, ...added]));
  request(type);
}

function routesOf(listener) {
  return (listener.filter_chains ?? [])
    .flatMap(chain => chain.filters ?? [])
    .filter(filter => filter.typed_config?.type_url === types.connectionManager)
    .map(filter => unpack(filter.typed_config).rds?.route_config_name)
    .filter(name => name);
}

function complete() {
  if (![types.cluster, types.listener].every(type => held.has(type))) return false;
  return [...asked].every(([type, names]) => [...names].every(name => held.get(type)?.has(name)));
}

function print() {
  const all = [...held].flatMap(([type, resources]) => [...resources].map(([name, r]) => ({ type, name, ...r })));
  process.stdout.write(`${JSON.stringify(all)}\n`);
}

function end(code) {
  stream.cancel();
  client.close();
  process.exitCode = code;
}

const timer = setTimeout(() => {
  print();
  end(3);
}, Number(seconds) * 1000);

stream.on('data', response => {
  const type = response.type_url;
  const objects = response.resources.map(any => [any, unpack(any)]);
  const resources = held.get(type) ?? new Map();
  if (type === types.cluster || type === types.listener) resources.clear();
  for (const [any, object] of objects)
    resources.set(object.name ?? object.cluster_name, {
      version: response.version_info,
      bytes: Buffer.from(any.value).toString('base64'),
    });
  held.set(type, resources);
  answered.set(type, { version_info: response.version_info, response_nonce: response.nonce });
  request(type);

  if (type === types.cluster) {
    const eds = objects.map(([, c]) => c).filter(c => c.eds_cluster_config);
    if (eds.length) subscribe(types.endpoints, eds.map(c => c.eds_cluster_config.service_name || c.name));
    subscribe(types.listener, []);
  }
  if (type === types.listener) {
    const names = objects.flatMap(([, l]) => routesOf(l));
    if (names.length) subscribe(types.routes, names);
  }
  if (complete()) {
    clearTimeout(timer);
    print();
    end(0);
  }
});
stream.on('error', error => {
  if (error.code === grpc.status.CANCELLED) return;
  console.error(`the stream ended: ${error.code} ${error.details}`);
  clearTimeout(timer);
  end(1);
});

subscribe(types.cluster, []);
