using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>
/// Collects what the translation of one VirtualService has to say. What concerns a RouteTable is said of it and of the
/// VirtualService (gateway-translation 1.7.4).
/// </summary>
internal sealed class RouteReport(Resource virtualService)
{
    private const int MaxOfSeverity = 200;

    private readonly int[] _counts = new int[3];
    private readonly int[] _countsOfTables = new int[3];
    private HashSet<Diagnostic>? _seen;
    private ImmutableArray<Diagnostic>.Builder? _own;
    private ImmutableArray<(ResourceKey, Diagnostic)>.Builder? _ofTables;

    /// <summary>Of the VirtualService.</summary>
    public ImmutableArray<Diagnostic> Own => _own?.ToImmutable() ?? [];

    /// <summary>Of RouteTables.</summary>
    public ImmutableArray<(ResourceKey Table, Diagnostic Diagnostic)> OfTables => _ofTables?.ToImmutable() ?? [];

    /// <summary>An error of the VirtualService or RouteTable.</summary>
    public void Error(RouteContainer container, string code, string? field, string message) =>
        Add(container, Severity.Error, code, field, message);

    /// <summary>A warning of the VirtualService or RouteTable.</summary>
    public void Warning(RouteContainer container, string code, string? field, string message) =>
        Add(container, Severity.Warning, code, field, message);

    /// <summary>A warning of the VirtualService.</summary>
    public void Warning(string code, string? field, string message) =>
        AddOwn(Severity.Warning, code, field, message);

    private void Add(RouteContainer container, Severity severity, string code, string? field, string message)
    {
        if (!container.IsTable)
        {
            AddOwn(severity, code, field, message);
            return;
        }

        var table = container.Resource;
        var where = field is null ? "" : $"{field}: ";
        AddOwn(severity, code, null, $"on sub route table {table.Key.Namespace}.{table.Key.Name}: {where}{message}");
        if (IfNew(_countsOfTables, Remark.Of(table, code, severity, field, message)) is { } diagnostic)
            (_ofTables ??= ImmutableArray.CreateBuilder<(ResourceKey, Diagnostic)>()).Add((table.Key, diagnostic));
    }

    private void AddOwn(Severity severity, string code, string? field, string message)
    {
        if (IfNew(_counts, Remark.Of(virtualService, code, severity, field, message)) is { } diagnostic)
            (_own ??= ImmutableArray.CreateBuilder<Diagnostic>()).Add(diagnostic);
    }

    /// <summary>The diagnostic, unless it was said before or enough was said.</summary>
    private Diagnostic? IfNew(int[] counts, Diagnostic diagnostic)
    {
        ref var count = ref counts[(int)diagnostic.Severity];
        if (count >= MaxOfSeverity || !(_seen ??= []).Add(diagnostic)) return null;
        count++;
        return diagnostic;
    }
}
