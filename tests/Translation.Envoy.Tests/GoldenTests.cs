using Shouldly;
using Xunit;

namespace Stagedoor.Translation.Envoy.Tests;

public sealed class GoldenTests
{
    public static TheoryData<string> Cases => [.. Golden.Cases];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Translation_gives_what_was_reviewed(string name)
    {
        var translation = Views.Of(Golden.Input(name)).Translate();

        foreach (var (file, text) in Golden.Outputs(translation))
        {
            var path = Path.Combine(Golden.Root, name, file);
            if (Golden.IsUpdating)
            {
                if (text.Length == 0) File.Delete(path);
                else File.WriteAllText(path, text);
            }

            (File.Exists(path) ? File.ReadAllText(path) : "").ShouldBe(text, $"{name}/{file}");
        }
    }
}
