using Envoy.Extensions.Http.HeaderFormatters.PreserveCase.V3;
using Stagedoor.Translation.Validation;
using HeaderKeyFormat = Envoy.Config.Core.V3.Http1ProtocolOptions.Types.HeaderKeyFormat;

namespace Stagedoor.Translation.Envoy;

/// <summary>How header names are written on HTTP/1 connections, which Envoy otherwise lower-cases.</summary>
internal static class HeaderCase
{
    /// <summary>Each word with a capital.</summary>
    public static HeaderKeyFormat Proper() => new() { ProperCaseWords = new HeaderKeyFormat.Types.ProperCaseWords() };

    /// <summary>As received.</summary>
    public static HeaderKeyFormat Preserve() => new()
    {
        StatefulFormatter = new EnvoyCore.TypedExtensionConfig
        {
            Name = "envoy.http.stateful_header_formatters.preserve_case",
            TypedConfig = AnyTypes.Pack(new PreserveCaseFormatterConfig()),
        },
    };
}
