using Akka.Event;

namespace Stagedoor.Actors;

/// <summary>
/// In the place of Akka's logger to the console, which at the end of the system writes whatever
/// <c>akka.stdout-loglevel</c> says.
/// </summary>
public sealed class SilentLogger : MinimalLogger
{
    /// <inheritdoc/>
    protected override void Log(object message)
    {
    }
}
