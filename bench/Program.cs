using System.CommandLine;
using Stagedoor.Bench;
using Stagedoor.Bench.Results;

var benches = new Dictionary<string, Func<Report, BenchOptions, Task>>
{
    ["start"] = ColdStartBench.RunAsync,
    ["propagation"] = PropagationBench.RunAsync,
    ["fanout"] = FanOutBench.RunAsync,
    ["envoy"] = EnvoyBench.RunAsync,
    ["broken"] = BrokenBench.RunAsync,
    ["translate"] = TranslateBench.RunAsync,
    ["load"] = LoadBench.RunAsync,
    ["xds-fanout"] = XdsFanOutBench.RunAsync,
    ["xds-memory"] = XdsMemoryBench.RunAsync,
    ["xds-churn"] = XdsChurnBench.RunAsync,
    ["xds-bad"] = XdsBadClientsBench.RunAsync,
    ["xds-herd"] = XdsHerdBench.RunAsync,
};

var names = new Argument<string[]>("name")
{
    Description = "start, propagation, fanout, envoy, broken, translate, xds-fanout, xds-memory, xds-churn, xds-bad, "
        + "xds-herd, or load with --target; all but load without a name",
    Arity = ArgumentArity.ZeroOrMore,
};
var json = new Option<bool>("--json") { Description = "one JSON line a row" };
var delta = new Option<bool>("--delta") { Description = "delta instead of state of the world" };
var changes = new Option<int>("--changes") { Description = "measured changes a row", DefaultValueFactory = _ => 60 };
var sizes = new Option<int[]>("--size")
{
    Description = "number of resources instead of the benchmark's own; may be repeated",
};
var clients = new Option<int[]>("--clients")
{
    Description = "number of clients instead of the benchmark's own; may be repeated",
};
var repeat = new Option<int>("--repeat")
{
    Description = "runs, one after the other; the medians are printed",
    DefaultValueFactory = _ => 1,
};
var target = new Option<string?>("--target") { Description = "host:port of any ADS server, for load" };
var role = new Option<string>("--role")
{
    Description = "node.metadata.role of the clients, for load",
    DefaultValueFactory = _ => "gloo-system~gateway-proxy",
};
var root = new RootCommand("Measures a control plane and prints a table.")
{
    names, json, delta, changes, repeat, sizes, clients, target, role,
};
root.SetAction(async (parse, _) =>
{
    var chosen = parse.GetValue(names) is { Length: > 0 } given
        ? given
        : benches.Keys.Where(name => name != "load").ToArray();
    if (chosen.FirstOrDefault(name => !benches.ContainsKey(name)) is { } unknown)
    {
        await Console.Error.WriteLineAsync($"there is no benchmark '{unknown}'; there are: "
            + string.Join(", ", benches.Keys));
        return 1;
    }

    var report = new Report(parse.GetValue(json));
    var options = new BenchOptions
    {
        Changes = parse.GetValue(changes),
        Delta = parse.GetValue(delta),
        Sizes = parse.GetValue(sizes) is { Length: > 0 } s ? s : null,
        Clients = parse.GetValue(clients) is { Length: > 0 } c ? c : null,
        Target = parse.GetValue(target),
        Role = parse.GetValue(role)!,
    };
    report.Say($"load average {File.ReadAllText("/proc/loadavg").Trim()}, {Environment.ProcessorCount} cores");
    for (var run = 0; run < parse.GetValue(repeat); run++)
        foreach (var name in chosen) await benches[name](report, options);
    report.Finish();
    return 0;
});
return await root.Parse(args).InvokeAsync();
