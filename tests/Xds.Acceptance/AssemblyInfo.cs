using System.Runtime.Versioning;
using Stagedoor.Xds.Acceptance;
using Xunit;

// Envoy runs on these.
[assembly: SupportedOSPlatform("linux")]
[assembly: SupportedOSPlatform("macos")]
[assembly: AssemblyFixture(typeof(Gateways))]
