using System.Runtime.Versioning;

// Envoy runs on these; so do the scripts and signals that the tests use.
[assembly: SupportedOSPlatform("linux")]
[assembly: SupportedOSPlatform("macos")]
