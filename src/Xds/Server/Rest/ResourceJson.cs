using System.Runtime.CompilerServices;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Options;

namespace Stagedoor.Xds.Server.Rest;

/// <summary>Resources as proto3 JSON, each made once and kept as long as the resource lives.</summary>
internal sealed class ResourceJson(IOptions<XdsServerOptions> options)
{
    private readonly ConditionalWeakTable<EncodedResource, byte[]> _made = [];

    private readonly Lazy<JsonFormatter> _formatter = new(() => new JsonFormatter(
        JsonFormatter.Settings.Default.WithTypeRegistry(options.Value.JsonTypes)));

    /// <summary>The resource as an <c>Any</c> in JSON, UTF-8.</summary>
    /// <exception cref="InvalidOperationException">It holds a message of a type that is not known.</exception>
    public byte[] Of(EncodedResource resource) => _made.GetValue(resource, Make);

    private byte[] Make(EncodedResource resource) => Encoding.UTF8.GetBytes(_formatter.Value.Format(new Any
    {
        TypeUrl = resource.Type.TypeUrl(),
        Value = UnsafeByteOperations.UnsafeWrap(resource.Bytes),
    }));
}
