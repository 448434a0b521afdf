using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Stagedoor.Filters.Live.Tests;

/// <summary>File descriptor sets of compiled protos.</summary>
internal static class Descriptors
{
    /// <summary>The file with all that it imports, dependencies first, as base64.</summary>
    public static string Of(FileDescriptor file)
    {
        var set = new FileDescriptorSet();
        Add(file, set, new HashSet<string>(StringComparer.Ordinal));
        return set.ToByteString().ToBase64();
    }

    private static void Add(FileDescriptor file, FileDescriptorSet set, HashSet<string> seen)
    {
        if (!seen.Add(file.Name)) return;
        foreach (var dependency in file.Dependencies) Add(dependency, set, seen);
        set.File.Add(FileDescriptorProto.Parser.ParseFrom(file.SerializedData));
    }
}
