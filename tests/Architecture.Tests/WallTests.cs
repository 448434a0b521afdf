using System.Reflection;
using Shouldly;
using Xunit;

namespace Stagedoor.Architecture.Tests;

/// <summary>The walls between the rooms (design 2), read from the assemblies' own references.</summary>
public sealed class WallTests
{
    private static readonly string[] Akka = ["Akka"];
    private static readonly string[] Kubernetes = ["KubernetesClient"];
    private static readonly string[] AspNet = ["Microsoft.AspNetCore"];
    private static readonly string[] GrpcServer = ["Grpc.AspNetCore"];

    public static TheoryData<string, string[]> MustNotKnow => new()
    {
        { "Stagedoor.Api",
            [.. Akka, .. Kubernetes, .. AspNet, .. GrpcServer, "Stagedoor.Xds", "Stagedoor.Translation"] },
        { "Stagedoor.Xds.Core",
            [.. Akka, .. Kubernetes, .. AspNet, .. GrpcServer, "Stagedoor.Api", "Stagedoor.Translation"] },
        { "Stagedoor.Xds.Server", [.. Akka, .. Kubernetes, "Stagedoor.Api", "Stagedoor.Translation"] },
        { "Stagedoor.Translation", [.. Akka, .. Kubernetes, .. AspNet, .. GrpcServer, "Stagedoor.Xds.Server"] },
        { "Stagedoor.Watchers", [.. Akka, "Stagedoor.Xds", "Stagedoor.Translation", "Stagedoor.Actors"] },
        { "Stagedoor.Actors", [.. Kubernetes, .. AspNet, .. GrpcServer, "Stagedoor.Xds.Server", "Stagedoor.Watchers"] },
    };

    [Theory]
    [MemberData(nameof(MustNotKnow))]
    public void A_room_does_not_know_what_the_design_forbids(string assembly, string[] forbidden)
    {
        var references = Assembly.Load(assembly).GetReferencedAssemblies().Select(name => name.Name!).ToArray();

        references.ShouldNotBeEmpty();
        references.Where(reference => forbidden.Any(prefix => IsOrIsWithin(reference, prefix))).ShouldBeEmpty();
    }

    [Fact]
    public void Pure_rooms_read_no_clock_and_do_no_input_or_output()
    {
        var files = Sources.Under("src/Translation").Concat(Sources.Under("src/Xds/Core"));
        string[] forbidden =
        [
            "DateTime.Now", "DateTime.UtcNow", "DateTimeOffset.Now", "DateTimeOffset.UtcNow", "Stopwatch.",
            "File.Read", "File.Write", "File.Open", "Directory.", "HttpClient", "Task.Delay", "Thread.Sleep",
            "new Random(",
        ];

        files.SelectMany(file => forbidden.Where(file.Text.Contains).Select(word => $"{file.Path}: {word}"))
            .ShouldBeEmpty();
    }

    private static bool IsOrIsWithin(string reference, string prefix) =>
        reference == prefix || reference.StartsWith(prefix + ".", StringComparison.Ordinal);
}
