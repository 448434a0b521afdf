using System.Collections.Immutable;
using Stagedoor.Api.GatewayApi;

namespace Stagedoor.Translation.KubeGateway;

/// <summary>
/// Conditions of one object or part of one, at most one of a type. Times are left to whoever writes them: what is said
/// is a function of the inputs alone.
/// </summary>
internal sealed class Conditions(long generation)
{
    private readonly List<Condition> _all = [];

    /// <summary>All, in the order in which their types were first set.</summary>
    public ImmutableArray<Condition> All => [.. _all];

    /// <summary>Sets a condition; one that is set already to something bad stays.</summary>
    public void Set(string type, bool isTrue, string reason, string message = "")
    {
        var at = _all.FindIndex(condition => condition.Type == type);
        if (at >= 0 && _all[at].Reason != type) return;
        var condition = new Condition
        {
            Type = type,
            Status = isTrue ? "True" : "False",
            Reason = reason,
            Message = message,
            ObservedGeneration = generation,
        };
        if (at < 0) _all.Add(condition);
        else _all[at] = condition;
    }

    /// <summary>Sets a condition, whatever it was before.</summary>
    public void Replace(string type, bool isTrue, string reason, string message = "")
    {
        _all.RemoveAll(condition => condition.Type == type);
        Set(type, isTrue, reason, message);
    }
}
