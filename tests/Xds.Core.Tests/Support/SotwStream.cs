using Shouldly;
using Stagedoor.Xds.Sessions;

namespace Stagedoor.Xds.Tests.Support;

/// <summary>A state-of-the-world stream with its two ends in the hands of a test.</summary>
internal sealed class SotwStream(SessionOptions? options = null)
{
    private readonly Dictionary<XdsType, string[]> _names = [];
    private readonly Dictionary<XdsType, string> _versions = [];

    public SotwSession Session { get; } = new(options ?? SessionOptions.Default);

    public DateTimeOffset Now { get; private set; } = Make.Start;

    public SnapshotCell Cell { get; } = new();

    public SotwStream Publish(Snapshot snapshot)
    {
        Cell.Publish(snapshot).ShouldBeTrue();
        Session.Observe(snapshot);
        return this;
    }

    public SotwStream Ask(XdsType type, params string[] names) => Request(type, "", "", names);

    public SotwStream Request(XdsType type, string version, string nonce, params string[] names)
    {
        _names[type] = names;
        Session.Receive(new SotwRequest(type) { Names = names, VersionInfo = version, Nonce = nonce }, Now)
            .ShouldBeNull();
        return this;
    }

    /// <summary>The next response, which must be one of this type.</summary>
    public XdsResponse Get(XdsType type)
    {
        var response = Session.Next(Now).ShouldNotBeNull($"a response of {type}");
        response.Type.ShouldBe(type);
        Session.Written(Now);
        return response;
    }

    public SotwStream Silent()
    {
        Session.Next(Now).ShouldBeNull();
        return this;
    }

    public XdsResponse GetAcked(XdsType type)
    {
        var response = Get(type);
        Ack(response);
        return response;
    }

    public SotwStream Ack(XdsResponse response, params string[] names)
    {
        _versions[response.Type] = response.Version;
        if (names.Length > 0) _names[response.Type] = names;
        Session.Receive(
            new SotwRequest(response.Type)
            {
                Names = _names[response.Type],
                VersionInfo = response.Version,
                Nonce = response.Nonce,
            },
            Now).ShouldBeNull();
        return this;
    }

    public SotwStream Nack(XdsResponse response, string error)
    {
        Session.Receive(
            new SotwRequest(response.Type)
            {
                Names = _names[response.Type],
                VersionInfo = _versions.GetValueOrDefault(response.Type, ""),
                Nonce = response.Nonce,
                Error = error,
            },
            Now).ShouldBeNull();
        return this;
    }

    public SotwStream Wait(double seconds)
    {
        Now += TimeSpan.FromSeconds(seconds);
        return this;
    }

    public NodeTypeStatus Status(XdsType type) => Session.TakeStatus().ShouldNotBeNull()[type];
}
