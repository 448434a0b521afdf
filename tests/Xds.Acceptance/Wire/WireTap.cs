using System.Buffers.Binary;
using System.Diagnostics;
using Envoy.Service.Discovery.V3;
using Google.Protobuf;
using Stagedoor.Acceptance.Harness;

namespace Stagedoor.Xds.Acceptance.Wire;

/// <summary>Everything that went over the discovery streams of a server, in order.</summary>
internal sealed class WireTap
{
    private readonly Lock _gate = new();
    private readonly List<WireEvent> _events = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _streams;

    /// <summary>How many events there are: <see cref="Since"/> gives those that come after.</summary>
    public int Mark
    {
        get
        {
            lock (_gate) return _events.Count;
        }
    }

    public int OpenStream() => Interlocked.Increment(ref _streams);

    /// <summary>The number of the newest stream.</summary>
    public int Streams => Volatile.Read(ref _streams);

    public IReadOnlyList<WireEvent> Since(int mark)
    {
        lock (_gate) return [.. _events.Skip(mark)];
    }

    /// <summary>Waits for an event after the mark.</summary>
    public Task<WireEvent> WaitForAsync(string what, int mark, Predicate<WireEvent> wanted) =>
        Wait.ForAsync(what, () => Task.FromResult(Since(mark).FirstOrDefault(e => wanted(e))));

    public void Request(int stream, IMessage message) => Add(message switch
    {
        DiscoveryRequest request => new WireEvent(stream, _clock.Elapsed, true, request.TypeUrl)
        {
            Version = request.VersionInfo,
            Nonce = request.ResponseNonce,
            Error = request.ErrorDetail?.Message,
            HasNode = request.Node is not null,
            Names = [.. request.ResourceNames],
        },
        DeltaDiscoveryRequest request => new WireEvent(stream, _clock.Elapsed, true, request.TypeUrl)
        {
            IsDelta = true,
            Nonce = request.ResponseNonce,
            Error = request.ErrorDetail?.Message,
            HasNode = request.Node is not null,
            Names = [.. request.ResourceNamesSubscribe],
            Removed = [.. request.ResourceNamesUnsubscribe],
            Held = System.Collections.Immutable.ImmutableDictionary.CreateRange(request.InitialResourceVersions),
        },
        _ => throw new ArgumentException($"a {message.GetType()}"),
    });

    public void Response(int stream, bool isDelta, ReadOnlySpan<byte> bytes)
    {
        if (isDelta)
        {
            var response = DeltaDiscoveryResponse.Parser.ParseFrom(bytes);
            Add(new WireEvent(stream, _clock.Elapsed, false, response.TypeUrl)
            {
                IsDelta = true,
                Version = response.SystemVersionInfo,
                Nonce = response.Nonce,
                Names = [.. response.Resources.Select(resource => resource.Name)],
                Removed = [.. response.RemovedResources],
                Contents = ResourceNames.Hashes(
                    response.Resources.Select(resource => (resource.Name, resource.Resource_.Value))),
            });
        }
        else
        {
            var response = DiscoveryResponse.Parser.ParseFrom(bytes);
            var resources = response.Resources.Select(any => (Name: ResourceNames.Of(any), any.Value)).ToList();
            Add(new WireEvent(stream, _clock.Elapsed, false, response.TypeUrl)
            {
                Version = response.VersionInfo,
                Nonce = response.Nonce,
                Names = [.. resources.Select(resource => resource.Name)],
                Contents = ResourceNames.Hashes(resources),
            });
        }
    }

    /// <summary>Cuts a response body into gRPC messages.</summary>
    public ResponseTap TapResponses(int stream, bool isDelta) => new(this, stream, isDelta);

    private void Add(WireEvent wireEvent)
    {
        lock (_gate) _events.Add(wireEvent);
    }
}

/// <summary>The response bytes of one stream.</summary>
internal sealed class ResponseTap(WireTap tap, int stream, bool isDelta)
{
    private readonly List<byte> _bytes = [];

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        var all = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_bytes);
        var at = 0;
        while (all.Length - at >= 5)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(all[(at + 1)..]);
            if (all.Length - at - 5 < length) break;
            tap.Response(stream, isDelta, all.Slice(at + 5, length));
            at += 5 + length;
        }

        _bytes.RemoveRange(0, at);
    }
}
