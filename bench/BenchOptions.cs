namespace Stagedoor.Bench;

/// <summary>What a run can be told.</summary>
internal sealed record BenchOptions
{
    /// <summary>Measured changes of a row.</summary>
    public int Changes { get; init; } = 60;

    /// <summary>Pause between changes.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>Delta instead of state of the world.</summary>
    public bool Delta { get; init; }

    /// <summary>A broken file beside the others; rows are called <c>-broken</c>.</summary>
    public bool Broken { get; init; }

    /// <summary>Sizes instead of the benchmark's own.</summary>
    public int[]? Sizes { get; init; }

    /// <summary>Numbers of clients instead of the benchmark's own.</summary>
    public int[]? Clients { get; init; }

    /// <summary>An ADS server to measure instead of a <c>stagedoor</c> started by the benchmark.</summary>
    public string? Target { get; init; }

    /// <summary>Role of the clients of <see cref="Target"/>.</summary>
    public string Role { get; init; } = Load.Workspace.Role;
}
