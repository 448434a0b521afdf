using System.Collections.Immutable;
using Stagedoor.Xds;

namespace Stagedoor.Actors.Protocol;

/// <summary>Reports of streams to and from messages, cut to bounded size.</summary>
internal static class ReportMapping
{
    private const int LongestText = 512;
    private const int LongestMessage = 4096;
    private const int MostNames = 50;

    public static StreamReport ToWire(this NodeReport report, string server)
    {
        var wire = new StreamReport
        {
            NodeId = report.NodeId,
            Server = server,
            StreamId = report.StreamId,
            Proxy = Cut(report.Proxy),
            Connected = report.Connected.ToUnixTimeMilliseconds(),
            IsConnected = report.IsConnected,
            Peer = Cut(report.Peer),
            UserAgent = Cut(report.UserAgent),
            Variant = Cut(report.Variant),
            End = Cut(report.End),
        };
        foreach (var (type, status) in report.Types)
        {
            wire.Types_.Add(new WireTypeStatus
            {
                Type = (int)type,
                Offered = status.Offered.ToWire(),
                Acknowledged = status.Acknowledged.ToWire(),
                Rejection = status.Rejection?.ToWire(),
            });
        }

        return wire;
    }

    public static NodeReport ToCore(this StreamReport wire) => new(wire.NodeId, wire.Proxy, wire.StreamId)
    {
        Connected = DateTimeOffset.FromUnixTimeMilliseconds(wire.Connected),
        IsConnected = wire.IsConnected,
        Peer = wire.Peer,
        UserAgent = wire.UserAgent,
        Variant = wire.Variant,
        End = wire.End,
        Types = wire.Types_.ToImmutableSortedDictionary(
            status => (XdsType)status.Type,
            status => new NodeTypeStatus(
                status.Offered.ToCore(), status.Acknowledged.ToCore(), status.Rejection?.ToCore())),
    };

    public static WireRejection ToWire(this NodeRejection rejection)
    {
        var wire = new WireRejection
        {
            Generation = rejection.Generation.ToWire(),
            Message = Cut(rejection.Message, LongestMessage),
            At = rejection.At.ToUnixTimeMilliseconds(),
        };
        wire.Resources.AddRange(rejection.Resources.Take(MostNames).Select(name => Cut(name)));
        return wire;
    }

    public static NodeRejection ToCore(this WireRejection wire) => new(
        wire.Generation.ToCore(), wire.Message, [.. wire.Resources], DateTimeOffset.FromUnixTimeMilliseconds(wire.At));

    private static string Cut(string text, int longest = LongestText) =>
        text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
}
