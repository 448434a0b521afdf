using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Stagedoor.Api.GatewayApi;

/// <summary>The forms of strings that the Gateway API's CustomResourceDefinitions demand.</summary>
public static class Formats
{
    /// <summary>A DNS name, the first label of which may be a wildcard.</summary>
    public const string Hostname = nameof(Hostname);

    /// <summary>A DNS name.</summary>
    public const string PreciseHostname = nameof(PreciseHostname);

    /// <summary>The name of a listener or rule.</summary>
    public const string SectionName = nameof(SectionName);

    /// <summary>A namespace.</summary>
    public const string Namespace = nameof(Namespace);

    /// <summary>The name of an object.</summary>
    public const string ObjectName = nameof(ObjectName);

    /// <summary>An API group; empty for the core group.</summary>
    public const string Group = nameof(Group);

    /// <summary>A kind.</summary>
    public const string Kind = nameof(Kind);

    /// <summary>The name of a controller.</summary>
    public const string Controller = nameof(Controller);

    /// <summary>A duration: one to four times digits and unit (GEP-2257).</summary>
    public const string Duration = nameof(Duration);

    /// <summary>The name of a header.</summary>
    public const string HeaderName = nameof(HeaderName);

    /// <summary>The value of a header.</summary>
    public const string Header4096 = nameof(Header4096);

    /// <summary>The value of a query parameter.</summary>
    public const string Query1024 = nameof(Query1024);

    /// <summary>An HTTP method, or <c>*</c>.</summary>
    public const string Method = nameof(Method);

    /// <summary>An origin, possibly with a wildcard.</summary>
    public const string CorsOrigin = nameof(CorsOrigin);

    /// <summary>A protocol of a listener.</summary>
    public const string ProtocolType = nameof(ProtocolType);

    /// <summary>The type of an address.</summary>
    public const string AddressType = nameof(AddressType);

    /// <summary>The value of a label.</summary>
    public const string LabelValue = nameof(LabelValue);

    /// <summary>The value of an annotation.</summary>
    public const string AnnotationValue = nameof(AnnotationValue);

    /// <summary>An absolute URI.</summary>
    public const string AbsoluteUri = nameof(AbsoluteUri);

    /// <summary>A well-known set of certificate authorities.</summary>
    public const string WellKnownCa = nameof(WellKnownCa);

    /// <summary>The path prefix of an authorisation server.</summary>
    public const string AuthPath = nameof(AuthPath);

    /// <summary>At most 64 characters.</summary>
    public const string Text64 = nameof(Text64);

    /// <summary>At most 128 characters.</summary>
    public const string Text128 = nameof(Text128);

    /// <summary>At most 253 characters.</summary>
    public const string Text253 = nameof(Text253);

    /// <summary>1 to 316 characters.</summary>
    public const string Text316 = nameof(Text316);

    /// <summary>At most 1024 characters.</summary>
    public const string Text1024 = nameof(Text1024);

    /// <summary>At most 32768 characters.</summary>
    public const string Message = nameof(Message);

    private const string Label = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private const string Dns = Label + @"(\." + Label + ")*";

    private static readonly FrozenDictionary<string, StringFormat> All = new (string Name, StringFormat Format)[]
    {
        (Hostname, Of("a DNS name, its first label possibly *", 1, 253, @"^(\*\.)?" + Dns + "$")),
        (PreciseHostname, Of("a DNS name", 1, 253, "^" + Dns + "$")),
        (SectionName, Of("lower-case letters, digits, '-' and '.'", 1, 253, "^" + Dns + "$")),
        (Namespace, Of("the name of a namespace", 1, 63, "^" + Label + "$")),
        (ObjectName, Of("the name of an object", 1, 253, null)),
        (Group, Of("an API group", 0, 253, "^$|^" + Dns + "$")),
        (Kind, Of("a kind", 1, 63, "^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$")),
        (Controller, Of("domain/path", 1, 253, "^" + Dns + @"/[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$")),
        (Duration, Of("a duration such as 1h30m, 5s or 100ms", 1, 64, "^([0-9]{1,5}(h|m|s|ms)){1,4}$")),
        (HeaderName, Of("the name of a header", 1, 256, @"^[A-Za-z0-9!#$%&'*+\-.^_\x60|~]+$")),
        (Header4096, Of("1 to 4096 characters", 1, 4096, null)),
        (Query1024, Of("1 to 1024 characters", 1, 1024, null)),
        (Method, Of("an HTTP method or *", 1, 7, @"^(GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH|\*)$")),
        (CorsOrigin, Of(
            "an origin such as https://*.example.com, or *", 1, 253,
            @"^\*$|^https?://((\*\.)?([a-zA-Z0-9\-]+\.)*[a-zA-Z0-9-]+|\*)(:([0-9]{1,5}))?$")),
        (ProtocolType, Of(
            "a protocol", 1, 255, "^[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?$|^" + Dns + "/[A-Za-z0-9]+$")),
        (AddressType, Of(
            "IPAddress, Hostname, NamedAddress or domain/path", 1, 253,
            "^(Hostname|IPAddress|NamedAddress|" + Dns + @"/[A-Za-z0-9/\-._~%!$&'()*+,;=:]+)$")),
        (LabelValue, Of("the value of a label", 0, 63, "^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$")),
        (AnnotationValue, Of("at most 4096 characters", 0, 4096, null)),
        (AbsoluteUri, Of("an absolute URI", 1, 253, @"^(([^:/?#]+):)(//([^/?#]*))([^?#]*)(\?([^#]*))?(#(.*))?")),
        (WellKnownCa, Of(
            "System or domain/name", 1, 253,
            "^(System|" + Dns + "/([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9])$")),
        (AuthPath, Of("a path", 0, 1024, "^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})*$")),
        (Text64, Of("at most 64 characters", 0, 64, null)),
        (Text128, Of("at most 128 characters", 0, 128, null)),
        (Text253, Of("at most 253 characters", 0, 253, null)),
        (Text316, Of("1 to 316 characters", 1, 316, null)),
        (Text1024, Of("at most 1024 characters", 0, 1024, null)),
        (Message, Of("at most 32768 characters", 0, 32768, null)),
    }.ToFrozenDictionary(row => row.Name, row => row.Format);

    /// <summary>The form of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static StringFormat Find(string name) => All[name];

    // Patterns meet hostile text: no backtracking.
    private static StringFormat Of(string description, int least, int most, string? pattern) => new(
        description, least, most,
        pattern is null ? null : new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));
}
