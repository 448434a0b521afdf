#nullable enable
using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Google.Protobuf.Reflection;

namespace Stagedoor.Xds.EnvoyApi;

/// <summary>What is in this assembly, for code that meets Envoy's messages without knowing their types.</summary>
public static class EnvoyTypes
{
    private static readonly Lazy<IReadOnlyList<FileDescriptor>> LazyFiles = new(FindFiles);

    private static readonly Lazy<TypeRegistry> LazyRegistry = new(() => TypeRegistry.FromFiles(LazyFiles.Value));

    /// <summary>
    /// All messages of the assembly and of the files they import, for reading and writing JSON with
    /// <c>google.protobuf.Any</c> in it. Built at first use, which takes about a second.
    /// </summary>
    public static TypeRegistry Registry => LazyRegistry.Value;

    /// <summary>The descriptors of all .proto files of the assembly, by file name. Built at first use.</summary>
    public static IReadOnlyList<FileDescriptor> Files => LazyFiles.Value;

    // protoc writes one static class `…Reflection` per file, whose property Descriptor is the file's descriptor.
    private static FileDescriptor[] FindFiles() =>
        [.. typeof(EnvoyTypes).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: true, IsSealed: true }
                && type.Name.EndsWith("Reflection", StringComparison.Ordinal))
            .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static))
            .Where(property => property?.PropertyType == typeof(FileDescriptor))
            .Select(property => (FileDescriptor)property!.GetValue(null)!)
            .OrderBy(file => file.Name, StringComparer.Ordinal)];
}
