// Envoy's API as the package @grpc/grpc-js-xds ships it, read by protobuf.js.
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import protobuf from 'protobufjs';

const require = createRequire(import.meta.url);
const deps = path.join(path.dirname(require.resolve('@grpc/grpc-js-xds/package.json')), 'deps');
const folders = ['envoy-api', 'xds', 'protoc-gen-validate', 'googleapis'].map(name => path.join(deps, name));

// protobuf.js bundles only a few of protobuf's own files; the rest is handed to it.
for (const name of ['api', 'descriptor', 'source_context', 'type'])
  protobuf.common(name, require(`protobufjs/google/protobuf/${name}.json`).nested.google.nested.protobuf.nested);

const root = new protobuf.Root();
root.resolvePath = (_, target) =>
  path.isAbsolute(target) ? target : folders.map(f => path.join(f, target)).find(f => fs.existsSync(f)) ?? target;
root.loadSync([
  'envoy/service/discovery/v3/ads.proto',
  'envoy/config/listener/v3/listener.proto',
  'envoy/config/route/v3/route.proto',
  'envoy/config/cluster/v3/cluster.proto',
  'envoy/config/endpoint/v3/endpoint.proto',
  'envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager.proto',
], { keepCase: true });

const prefix = 'type.googleapis.com/';
const DiscoveryRequest = root.lookupType('envoy.service.discovery.v3.DiscoveryRequest');
const DiscoveryResponse = root.lookupType('envoy.service.discovery.v3.DiscoveryResponse');

export const types = {
  cluster: `${prefix}envoy.config.cluster.v3.Cluster`,
  endpoints: `${prefix}envoy.config.endpoint.v3.ClusterLoadAssignment`,
  listener: `${prefix}envoy.config.listener.v3.Listener`,
  routes: `${prefix}envoy.config.route.v3.RouteConfiguration`,
  connectionManager:
    `${prefix}envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager`,
};

export const streamAggregatedResources = {
  path: '/envoy.service.discovery.v3.AggregatedDiscoveryService/StreamAggregatedResources',
  requestStream: true,
  responseStream: true,
  requestSerialize: request => Buffer.from(DiscoveryRequest.encode(DiscoveryRequest.fromObject(request)).finish()),
  responseDeserialize: bytes => DiscoveryResponse.decode(bytes),
};

// A google.protobuf.Any as a plain object.
export function unpack(any) {
  const type = root.lookupType(any.type_url.slice(prefix.length));
  return type.toObject(type.decode(any.value), { longs: String, enums: String });
}
