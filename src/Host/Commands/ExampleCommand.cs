using System.Collections.Immutable;
using System.CommandLine;

namespace Stagedoor.Host.Commands;

/// <summary>One line to type, and what it does.</summary>
/// <param name="Line">The command line.</param>
/// <param name="Meaning">What comes of it.</param>
internal sealed record CommandExample(string Line, string Meaning);

/// <summary>A command whose help ends with examples.</summary>
internal sealed class ExampleCommand(string name, string description, params ReadOnlySpan<CommandExample> examples)
    : Command(name, description)
{
    /// <summary>What the help shows, simplest first.</summary>
    public ImmutableArray<CommandExample> Examples { get; } = [.. examples];
}
