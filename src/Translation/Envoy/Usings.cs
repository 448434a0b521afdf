// Envoy's packages all end in V3, so their types are named by these aliases throughout the Envoy stage.
global using EnvoyCluster = Envoy.Config.Cluster.V3;
global using EnvoyCore = Envoy.Config.Core.V3;
global using EnvoyEndpoint = Envoy.Config.Endpoint.V3;
global using EnvoyHcm = Envoy.Extensions.Filters.Network.HttpConnectionManager.V3;
global using EnvoyListener = Envoy.Config.Listener.V3;
global using EnvoyMatcher = Envoy.Type.Matcher.V3;
global using EnvoyRoute = Envoy.Config.Route.V3;
global using EnvoyType = Envoy.Type.V3;
global using GlooV1 = Solo.Gloo;
