using System.Reflection;
using Google.Protobuf;
using Grpc.Core;
using Solo.Gloo;
using Xunit;

namespace Stagedoor.Api.Contracts.Tests;

public sealed class ContractTests
{
    private static string[] ListedRows() =>
        File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "contract.tsv"));

    [Fact]
    public void Everything_that_the_contract_lists_is_compiled() =>
        Assert.Empty(ListedRows().Except(CompiledContract.Rows(), StringComparer.Ordinal));

    [Fact]
    public void Nothing_is_compiled_that_the_contract_does_not_list() =>
        Assert.Empty(CompiledContract.Rows().Except(ListedRows(), StringComparer.Ordinal));

    [Fact]
    public void No_name_is_compiled_twice()
    {
        var rows = CompiledContract.Rows().ToList();
        Assert.Equal(rows.Count, rows.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Every_service_has_a_client_and_a_server_base()
    {
        var assembly = typeof(Proxy).Assembly;
        foreach (var service in CompiledContract.Files().SelectMany(file => file.Services))
        {
            var container = assembly.GetTypes().Single(type =>
                type.Name == service.Name && type.GetCustomAttribute<ObsoleteAttribute>() is null
                && type.GetProperty("Descriptor")?.GetValue(null) == service);
            var nested = container.GetNestedTypes();
            Assert.Contains(nested, type => type.IsSubclassOf(typeof(ClientBase)));
            Assert.Contains(nested, type => type.GetCustomAttribute<BindServiceMethodAttribute>() is not null);
        }
    }

    [Fact]
    public void Json_has_the_names_that_Gloo_writes()
    {
        var proxy = new Proxy
        {
            CompressedSpec = "c",
            Metadata = new Solo.Core.Metadata { Name = "gateway-proxy", ResourceVersion = "7" },
            NamespacedStatuses = new Solo.Core.NamespacedStatuses
            {
                Statuses =
                {
                    ["gloo-system"] = new Solo.Core.Status
                    {
                        State = Solo.Core.Status.Types.State.Accepted,
                        ReportedBy = "gloo",
                    },
                },
            },
        };

        var json = JsonFormatter.Default.Format(proxy);

        Assert.Equal(
            """{ "compressedSpec": "c", "metadata": { "name": "gateway-proxy", "resourceVersion": "7" },"""
            + """ "namespacedStatuses": { "statuses": { "gloo-system": """
            + """{ "state": "Accepted", "reportedBy": "gloo" } } } }""",
            json);
        Assert.Equal(proxy, JsonParser.Default.Parse<Proxy>(json));
    }
}
