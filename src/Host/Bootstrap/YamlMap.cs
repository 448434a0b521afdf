using YamlDotNet.Serialization;

namespace Stagedoor.Host.Bootstrap;

/// <summary>A YAML mapping that is written in the order in which it was filled.</summary>
internal sealed class YamlMap : OrderedDictionary<string, object>
{
    /// <summary>The document.</summary>
    public string ToYaml() => new SerializerBuilder()
        .WithQuotingNecessaryStrings()
        .WithIndentedSequences()
        .DisableAliases()
        .Build()
        .Serialize(this);
}
