using Stagedoor.Api;

namespace Stagedoor.Actors;

/// <summary>How the actors run.</summary>
public enum ActorsProfile
{
    /// <summary>One process, SQLite below the data directory, remoting on loopback.</summary>
    Embedded,

    /// <summary>Several servers, PostgreSQL.</summary>
    Cluster,
}

/// <summary>What the actors need to be told.</summary>
public sealed record StagedoorActorsOptions
{
    /// <summary>The node's catalog.</summary>
    public required Catalog Catalog { get; init; }

    /// <summary>The pure functions that the actors call.</summary>
    public required TranslationFunctions Translation { get; init; }

    /// <summary>One process or a cluster.</summary>
    public ActorsProfile Profile { get; init; } = ActorsProfile.Embedded;

    /// <summary>
    /// Where the embedded profile keeps <see cref="SqliteJournal.FileName"/>. Exists and is locked by the caller.
    /// </summary>
    public string DataDirectory { get; init; } = "";

    /// <summary>PostgreSQL's connection string in the cluster profile.</summary>
    public string ConnectionString { get; init; } = "";

    /// <summary>Encrypts bodies with secrets at rest; null leaves them plain (tests only).</summary>
    public IBodyProtector? Protector { get; init; }

    /// <summary>Intervals and patience.</summary>
    public ActorTimings Timings { get; init; } = new();

    /// <summary>
    /// HOCON that wins over the profile's: addresses, seeds and TLS of the cluster profile, an operator's own file.
    /// </summary>
    public string Hocon { get; init; } = "";

    /// <summary>
    /// Servers that form the cluster, <c>akka.tcp://stagedoor@host:port</c>; none: the server joins itself.
    /// </summary>
    public IReadOnlyList<string> SeedNodes { get; init; } = [];

    /// <summary>The clock; replaced in tests.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
