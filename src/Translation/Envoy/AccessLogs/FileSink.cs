using Envoy.Extensions.AccessLoggers.File.V3;
using Envoy.Extensions.Formatter.Metadata.V3;
using Envoy.Extensions.Formatter.ReqWithoutQuery.V3;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Stagedoor.Translation.Validation;
using FormatCase = Solo.Gloo.Options.Als.FileSink.OutputFormatOneofCase;
using GlooSink = Solo.Gloo.Options.Als.FileSink;

namespace Stagedoor.Translation.Envoy;

/// <summary>Access logs in files of the proxy's machine (envoy-translation 9.3).</summary>
internal static class FileSink
{
    public static FileAccessLog Of(GlooSink input, AccessLogScope sink)
    {
        if (input.Path.Length == 0) sink.Error("fileSink.path cannot be empty");
        var output = new FileAccessLog { Path = input.Path };
        switch (input.OutputFormatCase)
        {
            case FormatCase.StringFormat when input.StringFormat.Length > 0:
                sink.CheckFormat(input.StringFormat, true);
                output.LogFormat = Format();
                output.LogFormat.TextFormat = input.StringFormat;
                break;
            case FormatCase.JsonFormat:
                foreach (var value in input.JsonFormat.Fields.Values) Check(value, sink);
                output.LogFormat = Format();
                output.LogFormat.JsonFormat = Structs.Sorted(input.JsonFormat);
                break;
        }

        return output;
    }

    private static EnvoyCore.SubstitutionFormatString Format() => new()
    {
        Formatters =
        {
            Formatter("envoy.formatter.req_without_query", new ReqWithoutQuery()),
            Formatter("envoy.formatter.metadata", new Metadata()),
        },
    };

    private static EnvoyCore.TypedExtensionConfig Formatter(string name, IMessage config) =>
        new() { Name = name, TypedConfig = AnyTypes.Pack(config) };

    private static void Check(Value value, AccessLogScope sink)
    {
        switch (value.KindCase)
        {
            case Value.KindOneofCase.StringValue:
                sink.CheckFormat(value.StringValue, true);
                break;
            case Value.KindOneofCase.StructValue:
                foreach (var inner in value.StructValue.Fields.Values) Check(inner, sink);
                break;
            case Value.KindOneofCase.ListValue:
                foreach (var inner in value.ListValue.Values) Check(inner, sink);
                break;
        }
    }
}
