using System.Globalization;

namespace Stagedoor.Tools.Tests.Services;

/// <summary>A field as the contract lists it.</summary>
internal sealed record ContractField(int Number, string Json, string Label, string Type);

/// <summary>
/// Gloo's API as the table of names and numbers has it, and nothing else: a client made of it knows no class of ours.
/// </summary>
internal sealed class Contract
{
    private readonly Dictionary<string, List<ContractField>> _messages = [];
    private readonly Dictionary<string, Dictionary<int, string>> _enums = [];
    private readonly Dictionary<(string Service, string Method), (string Request, string Response)> _methods = [];

    private Contract()
    {
    }

    internal static Contract Instance { get; } = Load();

    internal IReadOnlyList<ContractField>? Fields(string message) => _messages.GetValueOrDefault(message);

    internal Dictionary<int, string>? Values(string type) => _enums.GetValueOrDefault(type);

    internal (string Request, string Response) Method(string service, string method) => _methods[(service, method)];

    private static Contract Load()
    {
        var contract = new Contract();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "contract.tsv")))
        {
            var cells = line.Split('\t');
            switch (cells[0])
            {
                case "message":
                    contract._messages.TryAdd(cells[1], []);
                    break;
                case "field":
                    contract._messages.TryAdd(cells[1], []);
                    contract._messages[cells[1]].Add(new ContractField(Number(cells[2]), cells[4], cells[5], cells[6]));
                    break;
                case "enum":
                    contract._enums.TryAdd(cells[1], []);
                    break;
                case "value":
                    contract._enums.TryAdd(cells[1], []);
                    contract._enums[cells[1]].TryAdd(Number(cells[2]), cells[3]);
                    break;
                case "method":
                    contract._methods[(cells[1], cells[2])] = (cells[3], cells[5]);
                    break;
            }
        }

        return contract;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
