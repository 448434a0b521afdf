using System.Globalization;
using Stagedoor.Host.Commands;
using Stagedoor.Xds.Server;
using SessionOptions = Stagedoor.Xds.Sessions.SessionOptions;

namespace Stagedoor.Host.Serving;

/// <summary>A limit or pace of the xDS server.</summary>
/// <param name="Setting">Its name and what it is.</param>
/// <param name="IsTime">Whether it is seconds, which may have a fraction.</param>
/// <param name="Least">Smallest value.</param>
/// <param name="Most">Largest value.</param>
/// <param name="Get">Its value.</param>
/// <param name="Set">Sets it.</param>
internal sealed record XdsSetting(
    ServeSetting Setting, bool IsTime, double Least, double Most, Func<XdsServerOptions, double> Get,
    Action<XdsServerOptions, double> Set)
{
    private const double Day = 86_400;

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<XdsSetting> All =
    [
        Count("max-streams", "xDS streams in total", 1, 1_000_000, x => x.MaxStreams, (x, n) => x.MaxStreams = n),
        Count(
            "max-streams-per-node", "xDS streams of one client", 1, 1_000_000, x => x.MaxStreamsPerNode,
            (x, n) => x.MaxStreamsPerNode = n),
        Count(
            "max-connections", "connections of all ports", 1, 1_000_000, x => x.MaxConnections,
            (x, n) => x.MaxConnections = n),
        Count(
            "max-streams-per-connection", "HTTP/2 streams of one connection", 1, 10_000,
            x => x.MaxStreamsPerConnection, (x, n) => x.MaxStreamsPerConnection = n),
        Count(
            "max-auxiliary-calls", "calls for client status, health and reflection", 1, 100_000,
            x => x.MaxAuxiliaryCalls, (x, n) => x.MaxAuxiliaryCalls = n),
        Count(
            "max-status-entries", "resources in one answer about client status", 1, 10_000_000,
            x => x.MaxStatusEntries, (x, n) => x.MaxStatusEntries = n),
        Count(
            "max-request-bytes", "bytes of one gRPC request", 1024, int.MaxValue, x => x.MaxRequestBytes,
            (x, n) => x.MaxRequestBytes = n),
        Count(
            "max-rest-request-bytes", "bytes of the body of one REST request", 1024, int.MaxValue,
            x => x.MaxRestRequestBytes, (x, n) => x.MaxRestRequestBytes = n),
        Count(
            "max-header-bytes", "bytes of all headers of a request", 1024, 1_048_576, x => x.MaxHeaderBytes,
            (x, n) => x.MaxHeaderBytes = n),
        Count(
            "max-names", "names that a client subscribes to, per type", 1, 10_000_000, x => x.Session.MaxNames,
            (x, n) => x.Session = x.Session with { MaxNames = n }),
        Count(
            "max-name-length", "characters of such a name", 1, 1_048_576, x => x.Session.MaxNameLength,
            (x, n) => x.Session = x.Session with { MaxNameLength = n }),
        Count(
            "requests-per-second", "requests of one stream, on average", 1, 1_000_000, x => x.RequestsPerSecond,
            (x, n) => x.RequestsPerSecond = n),
        Count(
            "request-burst", "requests of one stream at once", 1, 10_000_000, x => x.RequestBurst,
            (x, n) => x.RequestBurst = n),
        Time(
            "first-request-timeout", "until the first request of a stream", 1, Day, x => x.FirstRequestTimeout,
            (x, t) => x.FirstRequestTimeout = t),
        Time(
            "write-timeout", "in which a client must read 64 KiB", 1, Day, x => x.WriteTimeout,
            (x, t) => x.WriteTimeout = t),
        Time(
            "answer-timeout", "in which a client must answer a response", 1, 7 * Day, x => x.AnswerTimeout,
            (x, t) => x.AnswerTimeout = t),
        Time(
            "fetch-patience", "that a unary or REST request waits for the first snapshot", 0, 60,
            x => x.FetchPatience, (x, t) => x.FetchPatience = t),
        Time(
            "ping-delay", "of silence until an HTTP/2 ping", 1, Day, x => x.KeepAlivePingDelay,
            (x, t) => x.KeepAlivePingDelay = t),
        Time(
            "ping-timeout", "in which a ping must be answered", 1, Day, x => x.KeepAlivePingTimeout,
            (x, t) => x.KeepAlivePingTimeout = t),
        Time("stop-spread", "over which the streams end at a stop", 0, 300, x => x.StopSpread,
            (x, t) => x.StopSpread = t),
        Pace(
            "cluster-patience", "that CDS waits for the answer to its last response", s => s.ClusterPatience,
            (s, t) => s with { ClusterPatience = t }),
        Pace("patience", "that another type waits", s => s.Patience, (s, t) => s with { Patience = t }),
        Pace(
            "warming-wait", "that routes wait for a new cluster that warms slowly; 0: never", s => s.WarmingWait,
            (s, t) => s with { WarmingWait = t }),
        Pace(
            "removal-linger", "that a cluster outlives its last use", s => s.RemovalLinger,
            (s, t) => s with { RemovalLinger = t }),
    ];

    /// <summary>Takes what was said of all of them.</summary>
    /// <exception cref="CommandException">A value is no number, or outside its range.</exception>
    public static void Apply(SettingValues values, XdsServerOptions options)
    {
        foreach (var setting in All)
        {
            if (values[setting.Setting] is { } value) setting.Set(options, setting.Parse(value));
        }
    }

    private double Parse(SettingValue value)
    {
        var style = IsTime ? NumberStyles.AllowDecimalPoint : NumberStyles.None;
        if (double.TryParse(value.Text, style, CultureInfo.InvariantCulture, out var number)
            && number >= Least && number <= Most)
            return number;
        var unit = IsTime ? "seconds" : "a whole number";
        throw value.Wrong(string.Create(CultureInfo.InvariantCulture, $"{unit} from {Least} to {Most}"));
    }

    private static XdsSetting Count(
        string name, string what, int least, int most, Func<XdsServerOptions, int> get,
        Action<XdsServerOptions, int> set) =>
        new(Named(name, "N", "Most " + what, get(new XdsServerOptions())), false, least, most, x => get(x),
            (x, value) => set(x, (int)value));

    private static XdsSetting Time(
        string name, string what, double least, double most, Func<XdsServerOptions, TimeSpan> get,
        Action<XdsServerOptions, TimeSpan> set) =>
        new(Named(name, "SECONDS", "Time " + what, get(new XdsServerOptions()).TotalSeconds), true, least, most,
            x => get(x).TotalSeconds, (x, value) => set(x, TimeSpan.FromSeconds(value)));

    private static XdsSetting Pace(
        string name, string what, Func<SessionOptions, TimeSpan> get,
        Func<SessionOptions, TimeSpan, SessionOptions> with) =>
        Time(name, what, 0, 3600, x => get(x.Session), (x, time) => x.Session = with(x.Session, time));

    private static ServeSetting Named(string name, string placeholder, string what, double otherwise) =>
        new("xds-" + name, SettingForm.Value, placeholder,
            string.Create(CultureInfo.InvariantCulture, $"{what} (default {otherwise})."));
}
