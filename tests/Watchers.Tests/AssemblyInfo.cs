using System.Runtime.Versioning;

// Links, modes and the kernel's file events are the subject of these tests.
[assembly: UnsupportedOSPlatform("windows")]
