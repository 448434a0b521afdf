using Shouldly;
using Stagedoor.Xds.Sessions;

namespace Stagedoor.Xds.Tests.Support;

/// <summary>An incremental stream with its two ends in the hands of a test.</summary>
internal sealed class DeltaStream(
    SessionOptions? options = null, ClientMemory? memory = null, bool supportsTtl = false)
{
    public DeltaSession Session { get; } = new(options ?? SessionOptions.Default, memory ?? ClientMemory.Empty)
    {
        SupportsTtl = supportsTtl,
    };

    public DateTimeOffset Now { get; private set; } = Make.Start;

    public SnapshotCell Cell { get; } = new();

    public DeltaStream Publish(Snapshot snapshot)
    {
        Cell.Publish(snapshot).ShouldBeTrue();
        Session.Observe(snapshot);
        return this;
    }

    public DeltaStream Send(DeltaRequest request)
    {
        Session.Receive(request, Now).ShouldBeNull();
        return this;
    }

    public DeltaStream Subscribe(XdsType type, params string[] names) =>
        Send(new DeltaRequest(type) { Subscribe = names });

    public DeltaStream Unsubscribe(XdsType type, params string[] names) =>
        Send(new DeltaRequest(type) { Unsubscribe = names });

    public DeltaStream Reconnect(XdsType type, string[] names, params (string Name, string Version)[] versions) =>
        Send(new DeltaRequest(type)
        {
            Subscribe = names,
            InitialVersions = versions.ToDictionary(entry => entry.Name, entry => entry.Version),
        });

    public XdsResponse Get(XdsType type)
    {
        var response = Session.Next(Now).ShouldNotBeNull($"a response of {type}");
        response.Type.ShouldBe(type);
        response.IsDelta.ShouldBeTrue();
        Session.Written(Now);
        return response;
    }

    /// <summary>The next response, acknowledged, as text: <c>name=content</c> and <c>-name</c> for a removal.</summary>
    public string GetAcked(XdsType type)
    {
        var response = Get(type);
        Ack(response);
        return Text(response);
    }

    public DeltaStream Ack(XdsResponse response) => Send(new DeltaRequest(response.Type) { Nonce = response.Nonce });

    public DeltaStream Nack(XdsResponse response, string error) =>
        Send(new DeltaRequest(response.Type) { Nonce = response.Nonce, Error = error });

    public DeltaStream Silent()
    {
        Session.Next(Now).ShouldBeNull();
        return this;
    }

    public DeltaStream Wait(double seconds)
    {
        Now += TimeSpan.FromSeconds(seconds);
        return this;
    }

    public static string Text(XdsResponse response) => string.Join(
        ' ', response.Resources.Select(resource => $"{resource.Name}={resource.Content()}")
            .Concat(response.Removed.Select(name => "-" + name)).Order(StringComparer.Ordinal));
}
