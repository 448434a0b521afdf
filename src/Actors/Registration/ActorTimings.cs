namespace Stagedoor.Actors;

/// <summary>Intervals and patience of the actors.</summary>
public sealed record ActorTimings
{
    /// <summary>
    /// How long a change waits for a database that does not answer, before it is offered all the same.
    /// </summary>
    public TimeSpan JournalPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long changed endpoints may be absent from the journal.</summary>
    public TimeSpan EndpointsCheckpoint { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After a change, followers are gathered at least so long.</summary>
    public TimeSpan GatherFirst { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>While changes keep coming, they are gathered at most so long.</summary>
    public TimeSpan GatherLongest { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Hints are repeated after this time to twice it.</summary>
    public TimeSpan HintRepeat { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A replica that nobody wants is kept so long.</summary>
    public TimeSpan ReplicaLinger { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A replica asks its owner for news this often.</summary>
    public TimeSpan ReplicaPoll { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A replica without an owner's answer asks again after this time.</summary>
    public TimeSpan ReplicaRetry { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Reports of streams are gathered so long.</summary>
    public TimeSpan NodeReportGather { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Reports of open streams are repeated this often; a stream unheard of for three times as long is gone.
    /// </summary>
    public TimeSpan NodeReportRepeat { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>An Envoy without a stream is forgotten after this time.</summary>
    public TimeSpan NodeForgotten { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The owner of a proxy that does not exist and that nobody asks for ends after this time.</summary>
    public TimeSpan IdleProxy { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>First and longest pause before a failed journal is tried again.</summary>
    public (TimeSpan First, TimeSpan Longest) JournalRetry { get; init; } =
        (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15));
}
