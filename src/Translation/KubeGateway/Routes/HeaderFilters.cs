using Solo.Gloo.Options.Headers;
using Stagedoor.Api.GatewayApi;
using HeaderValueOption = Solo.Gloo.Options.Headers.HeaderValueOption;
using RequestHeaderOption = Solo.Envoy.Api.V2.Core.HeaderValueOption;

namespace Stagedoor.Translation.KubeGateway;

/// <summary>Header modifiers (gateway-translation 2.7.3): what is set replaces, what is added is appended.</summary>
internal static class HeaderFilters
{
    /// <summary>Of requests.</summary>
    public static void OnRequest(HttpHeaderFilter filter, HeaderManipulation headers)
    {
        foreach (var header in filter.Add) headers.RequestHeadersToAdd.Add(Request(header, append: true));
        foreach (var header in filter.Set) headers.RequestHeadersToAdd.Add(Request(header, append: false));
        headers.RequestHeadersToRemove.Add(filter.Remove);
    }

    /// <summary>Of responses.</summary>
    public static void OnResponse(HttpHeaderFilter filter, HeaderManipulation headers)
    {
        foreach (var header in filter.Add) headers.ResponseHeadersToAdd.Add(Response(header, append: true));
        foreach (var header in filter.Set) headers.ResponseHeadersToAdd.Add(Response(header, append: false));
        headers.ResponseHeadersToRemove.Add(filter.Remove);
    }

    private static RequestHeaderOption Request(HttpHeader header, bool append) => new()
    {
        Header = new Solo.Envoy.Api.V2.Core.HeaderValue { Key = header.Name, Value = Literal(header.Value) },
        Append = append,
    };

    private static HeaderValueOption Response(HttpHeader header, bool append) => new()
    {
        Header = new Solo.Gloo.Options.Headers.HeaderValue { Key = header.Name, Value = Literal(header.Value) },
        Append = append,
    };

    // To Envoy a percent sign begins an operator; the Gateway API knows none.
    private static string Literal(string value) => value.Replace("%", "%%", StringComparison.Ordinal);
}
