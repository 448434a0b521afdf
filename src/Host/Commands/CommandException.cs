using Stagedoor.Api;

namespace Stagedoor.Host.Commands;

/// <summary>Why a command cannot do what it was asked: ends it with exit code 1 and this text.</summary>
internal sealed class CommandException : Exception
{
    /// <summary>Creates the failure.</summary>
    /// <param name="code">One of <see cref="HostCodes"/>.</param>
    /// <param name="message">One sentence: what is wrong, naming the option, file or address.</param>
    /// <param name="hint">What to do about it, when that is not obvious.</param>
    /// <param name="inner">The cause, when there is one.</param>
    public CommandException(string code, string message, string? hint = null, Exception? inner = null)
        : base(message, inner) =>
        Diagnostic = new Diagnostic(code, Severity.Error, message) { Hint = hint };

    /// <summary>What to print.</summary>
    public Diagnostic Diagnostic { get; }
}
