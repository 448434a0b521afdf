namespace Stagedoor.Translation.Validation;

/// <summary>One validation: the path that leads to the value being looked at, and what was found.</summary>
internal sealed class ValidationRun
{
    private readonly List<(string Field, int Index, string? Key)> _path = [];
    private readonly List<Violation> _violations = [];

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<Violation> Violations => _violations;

    /// <summary>Whether nothing more needs to be looked at.</summary>
    public bool IsFull => _violations.Count >= MessageValidator.MaxViolations;

    /// <summary>How many messages lead to this one.</summary>
    public int Depth => _path.Count;

    /// <summary>Enters a field, an element or a map entry of it.</summary>
    public void Push(string field, int index = -1, string? key = null) => _path.Add((field, index, key));

    /// <summary>Leaves what was entered last.</summary>
    public void Pop() => _path.RemoveAt(_path.Count - 1);

    /// <summary>Reports a field of the message that is being looked at.</summary>
    public void Report(string field, string message, int index = -1, string? key = null)
    {
        if (IsFull) return;
        Push(field, index, key);
        _violations.Add(new Violation(Path(), message));
        Pop();
    }

    /// <summary>Reports the message that is being looked at itself.</summary>
    public void Report(string message)
    {
        if (!IsFull) _violations.Add(new Violation(Path(), message));
    }

    private string Path() => string.Join('.', _path.Select(step =>
        step.Key is not null ? $"{step.Field}[{step.Key}]"
        : step.Index >= 0 ? $"{step.Field}[{step.Index}]"
        : step.Field));
}
