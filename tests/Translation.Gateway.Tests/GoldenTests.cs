using Shouldly;
using Stagedoor.Api;
using Stagedoor.Translation.Gateway.Tests.Support;
using Xunit;

namespace Stagedoor.Translation.Gateway.Tests;

/// <summary>
/// One folder a case: <c>input.yaml</c> and what must come of it, <c>proxy.yaml</c> and <c>statuses.yaml</c>.
/// <c>UPDATE_GOLDEN=1</c> writes the last two; read what it wrote before it is kept.
/// </summary>
public sealed class GoldenTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Golden", "gateway");
    private static readonly bool Update = Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1";

    public static TheoryData<string> Cases =>
        [.. Directory.GetDirectories(Folder).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_outcome_is_as_expected(string name)
    {
        var outcome = Rendering.Of(Views.Of(Input(name)));
        Check(name, "proxy.yaml", outcome.Proxies);
        Check(name, "statuses.yaml", outcome.Statuses);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_order_of_the_documents_does_not_matter(string name)
    {
        var resources = Views.Read(Input(name));
        var view = CatalogView.Empty.With(resources.Reverse(), [], [], true);
        Rendering.Of(view).ShouldBe(Rendering.Of(Views.Of(Input(name))));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Arriving_one_by_one_and_leaving_again_makes_no_difference(string name)
    {
        var resources = Views.Read(Input(name));
        var memos = new Dictionary<ProxyId, GatewayMemo>();
        GatewayMemo Memo(ProxyId id) => memos.TryGetValue(id, out var memo) ? memo : memos[id] = new GatewayMemo();
        var view = CatalogView.Empty;
        foreach (var resource in resources)
        {
            view = view.With([resource], [], [], true);
            Rendering.Of(view, Memo).ShouldBe(Rendering.Of(view));
        }

        foreach (var resource in resources)
        {
            var without = view.With([], [resource.Key], [], true);
            Rendering.Of(without, Memo).ShouldBe(Rendering.Of(without));
            Rendering.Of(view, Memo).ShouldBe(Rendering.Of(view));
        }
    }

    private static string Input(string name) => File.ReadAllText(Path.Combine(Folder, name, "input.yaml"));

    private static void Check(string name, string file, string actual)
    {
        var path = Path.Combine(Folder, name, file);
        if (Update) File.WriteAllText(path, actual);
        File.ReadAllText(path).ShouldBe(actual, $"{name}/{file}");
    }
}
