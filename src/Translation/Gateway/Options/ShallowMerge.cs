using Google.Protobuf;

namespace Stagedoor.Translation.Gateway;

/// <summary>The way Gloo combines options: whole top-level fields, the first that sets one wins (0.3).</summary>
internal static class ShallowMerge
{
    /// <summary>
    /// <paramref name="options"/> with the fields that it leaves open taken from <paramref name="defaults"/>. Neither
    /// is modified; the result is one of them if that is all there is to it.
    /// </summary>
    public static T? Of<T>(T? options, T? defaults) where T : class, IMessage, new()
    {
        if (options is null) return defaults;
        if (defaults is null) return options;
        T? result = null;
        foreach (var unit in FieldUnit.Of(options.Descriptor))
        {
            if (!unit.IsEmpty(options) || unit.IsEmpty(defaults)) continue;
            result ??= ShallowCopy(options);
            unit.Copy(defaults, result);
        }

        return result ?? options;
    }

    /// <summary>A message of its own that shares the messages inside.</summary>
    public static T ShallowCopy<T>(T message) where T : class, IMessage, new()
    {
        var copy = new T();
        foreach (var unit in FieldUnit.Of(message.Descriptor)) unit.Copy(message, copy);
        return copy;
    }
}
