using System.Globalization;
using Stagedoor.Host.Commands;
using Stagedoor.Xds.Server;
using SessionOptions = Stagedoor.Xds.Sessions.SessionOptions;

namespace Stagedoor.Host.Serving;

/// <summary>A limit or pace of the xDS server: a setting without an option of its own.</summary>
/// <param name="Name">Name in the settings file; as an environment variable <c>STAGEDOOR_XDS_MAX_STREAMS</c>.</param>
/// <param name="IsTime">Whether it is seconds, which may have a fraction.</param>
/// <param name="Least">Smallest value.</param>
/// <param name="Most">Largest value.</param>
/// <param name="Get">Its value.</param>
/// <param name="Set">Sets it.</param>
internal sealed record XdsSetting(
    string Name, bool IsTime, double Least, double Most, Func<XdsServerOptions, double> Get,
    Action<XdsServerOptions, double> Set)
{
    private const double Day = 86_400;

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<XdsSetting> All =
    [
        Count("max-streams", 1, 1_000_000, x => x.MaxStreams, (x, n) => x.MaxStreams = n),
        Count("max-streams-per-node", 1, 1_000_000, x => x.MaxStreamsPerNode, (x, n) => x.MaxStreamsPerNode = n),
        Count("max-connections", 1, 1_000_000, x => x.MaxConnections, (x, n) => x.MaxConnections = n),
        Count(
            "max-streams-per-connection", 1, 10_000, x => x.MaxStreamsPerConnection,
            (x, n) => x.MaxStreamsPerConnection = n),
        Count("max-auxiliary-calls", 1, 100_000, x => x.MaxAuxiliaryCalls, (x, n) => x.MaxAuxiliaryCalls = n),
        Count("max-status-entries", 1, 10_000_000, x => x.MaxStatusEntries, (x, n) => x.MaxStatusEntries = n),
        Count("max-request-bytes", 1024, int.MaxValue, x => x.MaxRequestBytes, (x, n) => x.MaxRequestBytes = n),
        Count(
            "max-rest-request-bytes", 1024, int.MaxValue, x => x.MaxRestRequestBytes,
            (x, n) => x.MaxRestRequestBytes = n),
        Count("max-header-bytes", 1024, 1_048_576, x => x.MaxHeaderBytes, (x, n) => x.MaxHeaderBytes = n),
        Count(
            "max-names", 1, 10_000_000, x => x.Session.MaxNames,
            (x, n) => x.Session = x.Session with { MaxNames = n }),
        Count(
            "max-name-length", 1, 1_048_576, x => x.Session.MaxNameLength,
            (x, n) => x.Session = x.Session with { MaxNameLength = n }),
        Count("requests-per-second", 1, 1_000_000, x => x.RequestsPerSecond, (x, n) => x.RequestsPerSecond = n),
        Count("request-burst", 1, 10_000_000, x => x.RequestBurst, (x, n) => x.RequestBurst = n),
        Time("first-request-timeout", 1, Day, x => x.FirstRequestTimeout, (x, t) => x.FirstRequestTimeout = t),
        Time("write-timeout", 1, Day, x => x.WriteTimeout, (x, t) => x.WriteTimeout = t),
        Time("answer-timeout", 1, 7 * Day, x => x.AnswerTimeout, (x, t) => x.AnswerTimeout = t),
        Time("fetch-patience", 0, 60, x => x.FetchPatience, (x, t) => x.FetchPatience = t),
        Time("ping-delay", 1, Day, x => x.KeepAlivePingDelay, (x, t) => x.KeepAlivePingDelay = t),
        Time("ping-timeout", 1, Day, x => x.KeepAlivePingTimeout, (x, t) => x.KeepAlivePingTimeout = t),
        Time("stop-spread", 0, 300, x => x.StopSpread, (x, t) => x.StopSpread = t),
        Pace("cluster-patience", s => s.ClusterPatience, (s, t) => s with { ClusterPatience = t }),
        Pace("patience", s => s.Patience, (s, t) => s with { Patience = t }),
        Pace("warming-wait", s => s.WarmingWait, (s, t) => s with { WarmingWait = t }),
        Pace("removal-linger", s => s.RemovalLinger, (s, t) => s with { RemovalLinger = t }),
    ];

    /// <summary>Takes what environment and settings file say of all of them.</summary>
    /// <exception cref="CommandException">A value is no number, or outside its range.</exception>
    public static void Apply(IConfiguration settings, XdsServerOptions options)
    {
        foreach (var setting in All)
        {
            if (Settings.Read(settings, setting.Name) is { } text) setting.Set(options, setting.Parse(text));
        }
    }

    private double Parse(string text)
    {
        var style = IsTime ? NumberStyles.AllowDecimalPoint : NumberStyles.None;
        if (double.TryParse(text, style, CultureInfo.InvariantCulture, out var value)
            && value >= Least && value <= Most)
            return value;
        var unit = IsTime ? "seconds" : "a whole number";
        throw new CommandException(
            HostCodes.Setting,
            string.Create(CultureInfo.InvariantCulture, $"{Name}: '{text}' is not {unit} from {Least} to {Most}"));
    }

    private static XdsSetting Count(
        string name, int least, int most, Func<XdsServerOptions, int> get, Action<XdsServerOptions, int> set) =>
        new("xds-" + name, false, least, most, x => get(x), (x, value) => set(x, (int)value));

    private static XdsSetting Time(
        string name, double least, double most, Func<XdsServerOptions, TimeSpan> get,
        Action<XdsServerOptions, TimeSpan> set) =>
        new(
            "xds-" + name, true, least, most, x => get(x).TotalSeconds,
            (x, value) => set(x, TimeSpan.FromSeconds(value)));

    private static XdsSetting Pace(
        string name, Func<SessionOptions, TimeSpan> get, Func<SessionOptions, TimeSpan, SessionOptions> with) =>
        Time(name, 0, 3600, x => get(x.Session), (x, time) => x.Session = with(x.Session, time));
}
